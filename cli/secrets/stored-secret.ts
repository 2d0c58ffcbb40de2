import { createPrivateKey, type X509Certificate } from 'node:crypto';
import { SecretValue } from '../../checker/secrets/secret-value';
import { withheldText } from '../../checker/secrets/withhold';
import { previous } from '../../lib/kubernetes/secret-key';
import type { ApiObject, Metadata } from '../cluster/api-object';
import type { Kubectl } from '../cluster/kubectl';
import { LAST_APPLIED } from '../cluster/server-side-apply';
import { CliError } from '../terminal/errors';
import { isSharedKey, type Key } from './keys';

/** Changes of a Secret: values by key; undefined removes a key. */
export type Entries = Readonly<Record<string, SecretValue | undefined>>;

const LABELS = {
  'app.kubernetes.io/part-of': 'coped',
  'app.kubernetes.io/managed-by': 'coped-secrets',
};

/** On a Secret while its value changes in several steps; the value is the moment when that began. */
export const ROTATION = 'coped.org/rotation';

/** On a Secret whose value was changed by `coped secrets rotate`: when. */
export const ROTATED_AT = 'coped.org/rotated-at';

/**
 * What is written to the standard input of a program: the only way on which a secret leaves this process. Arguments can be
 * read by every other process, and files stay.
 */
export const standardInput = (
  values: readonly SecretValue[],
  write: (...texts: string[]) => string,
): string => write(...values.map((value) => value.reveal('write it to the standard input of a program')));

/** A Secret of the cluster. Its values are in the memory of this process only. */
export class StoredSecret {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly #object: ApiObject;

  constructor(object: ApiObject) {
    this.name = object.metadata.name;
    this.annotations = object.metadata.annotations ?? {};
    this.#object = object;
  }

  get keys(): string[] {
    return Object.keys(this.#object.data ?? {});
  }

  get ours(): boolean {
    return Object.entries(LABELS).every(([key, value]) => this.#object.metadata.labels?.[key] === value);
  }

  value(key: string): SecretValue | undefined {
    const text = this.#text(key);
    return text === undefined ? undefined : new SecretValue(text);
  }

  /** A value that is no secret: a certificate. */
  publicText(key: 'tls.crt' | 'ca.crt'): string | undefined {
    return this.#text(key);
  }

  #text(key: string): string | undefined {
    const data = this.#object.data?.[key];
    return data === undefined ? undefined : Buffer.from(data, 'base64').toString();
  }

  /** Whether the private key beside a certificate is that certificate's. */
  holdsKeyOf(certificate: X509Certificate): boolean {
    try {
      return certificate.checkPrivateKey(createPrivateKey(this.#text('tls.key') ?? ''));
    } catch {
      return false;
    }
  }

  /**
   * Changes the Secret as it was read.
   * @returns the Secret as it is now
   * @throws CliError if it was changed since
   */
  async change(
    kubectl: Kubectl,
    entries: Entries,
    annotations: Readonly<Record<string, string | undefined>> = {},
  ): Promise<StoredSecret> {
    const { metadata } = this.#object;
    const object = {
      ...this.#object,
      metadata: {
        ...metadata,
        managedFields: undefined,
        labels: { ...metadata.labels, ...LABELS },
        annotations: { ...metadata.annotations, ...annotations, [LAST_APPLIED]: undefined },
      },
    };
    return send(kubectl, 'replace', object, entries);
  }
}

/** Every Secret of the namespace, by name. */
export async function storedSecrets(kubectl: Kubectl): Promise<Map<string, StoredSecret>> {
  const secrets = await kubectl.list('secrets');
  return new Map(secrets.map((object) => [object.metadata.name, new StoredSecret(object)]));
}

/** Whether its rotation has begun and not finished. Django's previous key may stay. */
export const rotating = (key: Key, secret: StoredSecret): boolean =>
  isSharedKey(key) ? ROTATION in secret.annotations : secret.keys.includes(previous(key).key);

export async function storedSecret(kubectl: Kubectl, name: string): Promise<StoredSecret | undefined> {
  const object = await kubectl.find('secret', name);
  return object && new StoredSecret(object);
}

/** Stores values in a Secret, and creates it if it does not exist; its other keys stay. */
export const put = (
  kubectl: Kubectl,
  name: string,
  stored: StoredSecret | undefined,
  entries: Entries,
): Promise<StoredSecret> =>
  stored
    ? stored.change(kubectl, entries)
    : send(
        kubectl,
        'create',
        { apiVersion: 'v1', kind: 'Secret', metadata: { name, labels: LABELS }, type: 'Opaque' },
        entries,
      );

/** Undefined takes an annotation away. */
type Annotated = Omit<Metadata, 'annotations'> & {
  readonly annotations?: Readonly<Record<string, string | undefined>>;
};

async function send(
  kubectl: Kubectl,
  verb: 'create' | 'replace',
  object: Omit<ApiObject, 'metadata'> & { readonly metadata: Annotated },
  entries: Entries,
): Promise<StoredSecret> {
  const known = Object.entries(entries).flatMap(([key, value]) => (value ? [[key, value] as const] : []));
  const gone = Object.keys(entries).filter((key) => !entries[key]);
  const kept = Object.entries(object.data ?? {}).filter(([key]) => !gone.includes(key));
  const input = standardInput(
    known.map(([, value]) => value),
    (...texts) => {
      const added = known.map(([key], i) => [key, Buffer.from(texts[i] ?? '').toString('base64')]);
      return JSON.stringify({ ...object, data: Object.fromEntries([...kept, ...added]) });
    },
  );
  const { code, stdout, stderr } = await kubectl.attempt([verb, '--filename=-', '--output=json'], { input });
  if (code === 0) return new StoredSecret(JSON.parse(stdout));
  const { name } = object.metadata;
  const why = withheldText(stderr.trim().split('\n')[0] ?? '');
  if (/AlreadyExists|Conflict/.test(why)) {
    throw new CliError(
      `another command has just changed Secret/${name}`,
      'Nothing was overwritten. Run it again',
    );
  }
  throw new CliError(`Secret/${name} could not be written: ${why}`, 'Fix that, then run it again');
}
