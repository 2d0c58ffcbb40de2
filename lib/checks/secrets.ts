import type { Finding, Manifest } from './check';
import { rule } from './rule';
import { containers, type Json, nameOf, ofKind, workloads } from './workloads';

/** A name that ends like this promises a secret; `…_FILE`, `…_USER` or `…_TIMEOUT` do not. */
const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|PASS|PASSPHRASE|SECRET|TOKEN|KEY|APIKEY|CREDENTIALS?)$/;

/** Values that are no secret whatever their name: nothing, a path, a switch, a reference to another variable. */
const HARMLESS = /^$|^\/|^(true|false)$|^\$\(\w+\)$/;

/** Texts that give a secret away wherever they stand. Each group 1 is the secret itself. */
const SECRET_TEXT = [
  /-----BEGIN [A-Z ]*(PRIVATE KEY)-----/,
  // postgres://user:password@host
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@$]*:([^\s:/@${}<>]+)@/,
  // password = 'literal', password: 'literal' or "password":"literal". What is computed or substituted has
  // a $, a bracket, a % or no quotes; and psql writes PASSWORD :'variable', the colon next to the quote.
  /(?:password|passwd|secret|secret[_-]?key|token|api[_-]?key)(?:["']?\s*=\s*|["']\s*:\s*|:\s+)["']([^\s"'$%{}<>()/]{8,})["']/i,
  // CREATE ROLE … PASSWORD 'literal'
  /\bPASSWORD\s+'([^\s'$%{}<>]+)'/,
  /\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+)/,
];

const FAKE = /^fake-/;

export const secrets = rule({
  id: 'secrets',
  what: 'A secret value stands in the manifests.',
  why: 'They are committed, copied and shown around. Only a laptop may have values there, and each says itself that it is worth nothing.',
  remedy: 'Keep the value in a Secret in the cluster, refer to that, and mount it as a file.',
  link: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  find: ({ manifests, fakeSecrets = false }) => {
    const harmless = (value: string) => HARMLESS.test(value) || (fakeSecrets && FAKE.test(value));
    return [
      ...ofKind(manifests, 'Secret').flatMap((secret) => values(secret, fakeSecrets)),
      ...workloads(manifests)
        .flatMap(containers)
        .flatMap(({ path, spec }) =>
          (spec.env ?? [])
            .filter(({ value }: Json) => typeof value === 'string')
            .flatMap(({ name, value }: Json) => leak(name, value, `${path}.env[${name}].value`, harmless)),
        ),
      ...ofKind(manifests, 'ConfigMap').flatMap((map) =>
        Object.entries<string>(map.data ?? {}).flatMap(([key, value]) =>
          leak(key, value, `${nameOf(map)} data[${key}]`, harmless),
        ),
      ),
    ];
  },
});

function values(secret: Manifest, fakeSecrets: boolean): Finding[] {
  const { data = {}, stringData = {} } = secret;
  const texts = [
    ...Object.entries<string>(data).map(([key, value]) => [`data[${key}]`, decode(value)] as const),
    ...Object.entries<string>(stringData).map(([key, value]) => [`stringData[${key}]`, value] as const),
  ];
  if (!fakeSecrets) {
    return texts.map(([field]) => ({
      where: `${nameOf(secret)} ${field}`,
      wrong: 'holds a value, which would be committed',
      remedy: 'Create the Secret in the cluster and only refer to it here',
    }));
  }
  // The value itself is never repeated in a message: it may be a real one, pasted by mistake.
  return texts
    .filter(([, value]) => !FAKE.test(value))
    .map(([field]) => ({
      where: `${nameOf(secret)} ${field}`,
      wrong: 'is not obviously fake',
      remedy: 'Let the value start with "fake-"',
    }));
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

function leak(name: string, value: string, where: string, harmless: (value: string) => boolean): Finding[] {
  // A key with a dot is a file, whose name says nothing about each of its lines.
  const named = !name.includes('.') && SECRET_NAME.test(name.toUpperCase().replaceAll('-', '_'));
  const inName = named && !harmless(value.trim());
  const inText = SECRET_TEXT.some((pattern) => {
    const [, secret = ''] = pattern.exec(value) ?? [];
    return secret !== '' && !harmless(secret);
  });
  if (!inName && !inText) return [];
  const wrong = inName ? 'is called a secret and has a literal value' : 'looks as if it contained a secret';
  return [{ where, wrong, remedy: 'Put it into a Secret and mount that as a file; name the file in *_FILE' }];
}
