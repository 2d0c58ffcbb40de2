import { type Setting, settings } from '../../analysis/settings';
import { type Findings, rule } from '../../rule';

/** What switches a protection off: by the name of the setting, and what it says. */
const SWITCHES: readonly (readonly [name: RegExp, value: RegExp, wrong: string])[] = [
  [/^xpack\.security\.enabled$/, /^false$/, 'disables authentication in Elasticsearch'],
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
  what: 'A setting disables passwords, certificate verification, or what keeps data safe in a crash.',
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
