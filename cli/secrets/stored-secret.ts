import { createPrivateKey, type X509Certificate } from 'node:crypto';
import { SecretValue } from '../../checker/secrets/secret-value';
import { withheldText } from '../../checker/secrets/withhold';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { CliError } from '../terminal/errors';
import { standardInput } from './standard-input';

/** What is to stand in a Secret: values by key; undefined for a key that goes. */
export type Entries = Readonly<Record<string, SecretValue | undefined>>;

/** Whose it is, for people who look at the namespace. */
const LABELS = {
  'app.kubernetes.io/part-of': 'coped',
  'app.kubernetes.io/managed-by': 'coped-secrets',
};
/** `kubectl apply` notes here what it was given: of a Secret, the value. */
const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A Secret as it stands in the cluster. Its values are in the memory of this process only. */
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
    const data = this.#object.data?.[key];
    return data === undefined ? undefined : new SecretValue(Buffer.from(data, 'base64').toString());
  }

  /** Something in it that is no secret: a certificate. */
  publicText(key: 'tls.crt' | 'ca.crt'): string | undefined {
    const data = this.#object.data?.[key];
    return data === undefined ? undefined : Buffer.from(data, 'base64').toString();
  }

  /** Whether the private key beside a certificate is that certificate's. */
  holdsKeyOf(certificate: X509Certificate): boolean {
    try {
      return certificate.checkPrivateKey(
        createPrivateKey(Buffer.from(this.#object.data['tls.key'], 'base64')),
      );
    } catch {
      return false;
    }
  }

  /**
   * Changes the Secret as it was read; if somebody has changed it since, nothing happens.
   * @returns the Secret as it is now
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
        annotations: { ...metadata.annotations, ...annotations, [APPLIED]: undefined },
      },
    };
    return send(kubectl, 'replace', object, entries);
  }
}

/** Every Secret of the namespace, by name. */
export async function storedSecrets(kubectl: Kubectl): Promise<Map<string, StoredSecret>> {
  const { items } = await kubectl.get('secrets');
  return new Map(items.map((object: ApiObject) => [object.metadata.name, new StoredSecret(object)]));
}

export async function storedSecret(kubectl: Kubectl, name: string): Promise<StoredSecret | undefined> {
  const object = await kubectl.find('secret', name);
  return object && new StoredSecret(object);
}

/** Puts values into a Secret, which is made if there is none; other keys in it stay. */
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

async function send(
  kubectl: Kubectl,
  verb: 'create' | 'replace',
  object: ApiObject,
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
  throw new CliError(`Secret/${name} could not be written: ${why}`, 'Mend that, and run it again');
}
