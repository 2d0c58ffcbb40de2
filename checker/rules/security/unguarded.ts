import { type Setting, settings } from '../../analysis/settings';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

/** What switches a protection off: by the name of the setting, and what it says. */
const SWITCHES: readonly (readonly [name: RegExp, value: RegExp, wrong: string])[] = [
  [/^xpack\.security\.enabled$/, /^false$/, 'lets everybody into Elasticsearch'],
  [/\.ssl\.verification_mode$/, /^none$/, 'believes whoever answers'],
  [/\.ssl\.client_authentication$/, /^none$/, 'lets every node into the cluster'],
  [/^POSTGRES_HOST_AUTH_METHOD$/, /^trust$/, 'lets everybody into PostgreSQL without a password'],
  [
    /^POSTGRES_INITDB_ARGS$/,
    /--auth(-host)?[= ]trust\b|-A ?trust\b/,
    'lets everybody into PostgreSQL without a password',
  ],
  [/^(fsync|full_page_writes)$/, /^(off|false|no|0)$/, 'loses the database when the power goes'],
  [/^password_encryption$/, /^(md5|plain)$/, 'keeps passwords in a form that can be guessed'],
  [/^(NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/, /^0$/, 'believes whoever answers'],
  [/^(GIT_SSL_NO_VERIFY|CURL_INSECURE)$/, /^(1|true)$/i, 'believes whoever answers'],
  [/^PGSSLMODE$/, /^(disable|allow)$/, 'talks to the database without encryption'],
];

export const unguarded = rule({
  id: 'unguarded',
  what: 'A setting switches off passwords, the check of certificates, or what keeps data safe in a crash.',
  why: 'Such a line is written to get something going, works, and is never seen again.',
  remedy: 'Remove it; what did not work without it is what has to be mended.',
  link: 'https://www.postgresql.org/docs/current/auth-trust.html',
  find: ({ manifests }) => settings(manifests).flatMap(({ all }) => all.flatMap(judged)),
});

/** All the names above: there are many settings, and few that could be meant. */
const ANY = new RegExp(SWITCHES.map(([names]) => names.source).join('|'));

function judged({ where, name, value }: Setting): Finding[] {
  if (name === undefined || !ANY.test(name)) return [];
  const text = value.trim().replace(/^["']|["']$/g, '');
  return SWITCHES.filter(([names, values]) => names.test(name) && values.test(text)).map(([, , wrong]) => ({
    where,
    value: `${name}=${text}`,
    wrong,
    remedy: 'Remove it',
  }));
}
