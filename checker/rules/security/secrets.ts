import { type Setting, settings } from '../../analysis/settings';
import { isSetting, nameOfText, pathOf, seen, type Text, texts, withoutValues } from '../../analysis/texts';
import type { ObjectOf } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, ofKind, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';
import { isSecretSetting } from '../../secrets/assignments';
import { type Recognizer, recognizer } from '../../secrets/known';
import { anyLeak, leakIn } from '../../secrets/leaks';
import { promisesSecret } from '../../secrets/names';

/** Values that are no secret whatever their name: nothing, a path, a switch, a reference to another variable. */
const HARMLESS = /^$|^\/|^(\w+ )?\$\(\w+\)$/;

const FAKE = /^fake-[a-z0-9-]+$/;

export const secrets = rule({
  id: 'secrets',
  what: 'A secret value is in the manifests.',
  why: 'Manifests are committed and copied. Only a laptop may have values in them, in Secrets, and each of those is obviously fake. Base64 and URL encoding hide nothing.',
  remedy: 'Keep the value in a Secret in the cluster, refer to that, and mount it as a file.',
  link: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  find: ({ manifests, fakeSecrets = false, knownSecrets = [] }) => {
    const known = recognizer(knownSecrets);
    return [
      ofKind(manifests, 'Secret').map((secret) => values(secret, fakeSecrets)),
      mayLeak(manifests, known) &&
        manifests.map((manifest) =>
          texts(withoutValues(manifest)).map((text) => leak(manifest, text, known)),
        ),
    ];
  },
});

/** Mostly there is nothing to find, and one check of all texts together is enough. `values` checks those of Secrets. */
function mayLeak(manifests: readonly Manifest[], known: Recognizer): boolean {
  const { fields, settings, texts } = seen(manifests);
  return (
    [...fields].some((name) => promisesSecret(name, false)) ||
    [...settings].some((name) => promisesSecret(name, true)) ||
    anyLeak(texts, known)
  );
}

function values(secret: ObjectOf<'Secret'>, fakeSecrets: boolean): Findings {
  const { data, stringData } = secret;
  const all = [
    ...Object.entries(data ?? {}).map(([key, value]) => [`data[${key}]`, decode(value)] as const),
    ...Object.entries(stringData ?? {}).map(([key, value]) => [`stringData[${key}]`, value] as const),
  ];
  // The value itself is never repeated in a message: it may be a real one, pasted by mistake.
  return all
    .filter(([, value]) => !fakeSecrets || !FAKE.test(value))
    .map(([field]) => ({
      where: `${nameOf(secret)} ${field}`,
      wrong: fakeSecrets ? 'is not obviously fake' : 'holds a value, which would be committed',
      remedy: fakeSecrets
        ? 'Let the value be "fake-" and lower-case letters, digits or dashes'
        : 'Create the Secret in the cluster and only refer to it here',
    }));
}

const decode = (base64: unknown): string => Buffer.from(String(base64), 'base64').toString('utf8');

const remedy = 'Put it into a Secret and mount that as a file; name the file in *_FILE';

function leak(manifest: Manifest, { text, place, isKey }: Text, known: Recognizer): Findings {
  const where = () => `${nameOf(manifest)} ${pathOf(place)}`;
  const name = nameOfText(place);
  const isNamed = !isKey && promisesSecret(name, isSetting(place)) && !HARMLESS.test(text.trim());
  if (isNamed && isSecretSetting(text, name)) {
    return { where: where(), wrong: 'is called a secret and has a literal value', remedy };
  }
  const what = leakIn(text, known);
  return what !== undefined && { where: where(), wrong: `contains what looks like ${what}`, remedy };
}

/** What switches a protection off: by the name of the setting, and what it says. */
const SWITCHES: readonly (readonly [name: RegExp, value: RegExp, wrong: string])[] = [
  [/^xpack\.security\.enabled$/, /^false$/, 'disables authentication in Elasticsearch'],
  [/^xpack\.security\.http\.ssl\.enabled$/, /^false$/, 'lets clients send passwords without encryption'],
  [/\.ssl\.verification_mode$/, /^none$/, 'disables TLS certificate verification'],
  [/\.ssl\.client_authentication$/, /^none$/, 'lets any node join the cluster'],
  [/^POSTGRES_HOST_AUTH_METHOD$/, /^trust$/, 'disables passwords in PostgreSQL'],
  [/^POSTGRES_INITDB_ARGS$/, /--auth(-host)?[= ]trust\b|-A ?trust\b/, 'disables passwords in PostgreSQL'],
  [/^(fsync|full_page_writes)$/, /^(off|false|no|0)$/, 'loses the database in a power failure'],
  [/^password_encryption$/, /^(md5|plain)$/, 'stores passwords in a form that can be guessed'],
  [/^(NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/, /^0$/, 'disables TLS certificate verification'],
  [/^(GIT_SSL_NO_VERIFY|CURL_INSECURE)$/, /^(1|true)$/i, 'disables TLS certificate verification'],
  [/^PGSSLMODE$/, /^(disable|allow)$/, 'connects to the database without encryption'],
];

export const unguarded = rule({
  id: 'unguarded',
  severity: 'warning',
  what: 'A setting disables passwords, encryption, certificate verification, or what keeps data safe in a crash.',
  why: 'Such a line is written to get something to work, and then forgotten.',
  remedy: 'Remove it, and fix what did not work without it.',
  link: 'https://www.postgresql.org/docs/current/auth-trust.html',
  find: ({ manifests }) => settings(manifests).map(({ all }) => all.map(switchedOff)),
});

/** All the names above: there are many settings, and few that could be meant. */
const ANY = new RegExp(SWITCHES.map(([names]) => names.source).join('|'));

function switchedOff({ where, name, value }: Setting): Findings {
  if (name === undefined || !ANY.test(name)) return undefined;
  const text = value.trim().replace(/^["']|["']$/g, '');
  return SWITCHES.filter(([names, values]) => names.test(name) && values.test(text)).map(([, , wrong]) => ({
    where,
    value: `${name}=${text}`,
    wrong,
    remedy: 'Remove it',
  }));
}

export const secretVariables = rule({
  id: 'secret-variables',
  severity: 'warning',
  what: 'A secret reaches a program as an environment variable.',
  why: 'Variables are inherited by every child process, printed by error pages and crash reports, and shown by `docker inspect`. A file is read only by the program that opens it, and is updated with its Secret.',
  remedy: 'Mount the Secret as a file and name the file in a `…_FILE` variable.',
  link: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/#restrict-access-to-secrets-to-specific-containers',
  find: ({ manifests }) =>
    workloads(manifests)
      .flatMap(containers)
      .flatMap(({ path, spec: { env = [], envFrom = [], command = [], args = [] } }) => [
        ...([...command, ...args].some(exportsFiles) ? [`${path}.command`] : []),
        ...env.flatMap(({ name, valueFrom }) =>
          valueFrom?.secretKeyRef ? `${path}.env[${name}].valueFrom.secretKeyRef` : [],
        ),
        ...envFrom.flatMap(({ secretRef }, i) => (secretRef ? `${path}.envFrom[${i}].secretRef` : [])),
      ])
      .map((where) => ({
        where,
        wrong: 'puts a secret into the environment of the process and of all its children',
        remedy: 'Mount it as a file; for an image that cannot read files, write an exception with the reason',
      })),
});

/** A shell that reads a file into a variable of every program that it starts. */
const exportsFiles = (word: unknown): boolean =>
  String(word).includes('$(') &&
  (/\bexport\b.*\$\((cat |<)/.test(String(word)) ||
    /(\w+)=\$\((cat |<)[^)]*\)\s+export ("?\$?\w+=)?"?\$?\1\b/.test(String(word)));
