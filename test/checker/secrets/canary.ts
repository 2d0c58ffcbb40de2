/** A secret that must come out nowhere. */
export const CANARY = 'canary7Sings2Loud';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** Secrets of many kinds. Each holds the canary. */
export const SECRETS = {
  'a URL with a password': `postgres://coped:${CANARY}@postgres/coped`,
  'a private key': `-----BEGIN RSA PRIVATE KEY-----\n${CANARY}\n-----END RSA PRIVATE KEY-----\n`,
  'a token of GitHub': `ghp_${CANARY}${'0'.repeat(36 - CANARY.length)}`,
  'a JSON Web Token': `${base64url('{"alg":"HS256"}')}.${base64url('{"sub":"1234"}')}.${CANARY}`,
  'a header': `Basic ${base64(`coped:${CANARY}`)}`,
  'a line of settings': `DB_PASSWORD=${CANARY}`,
  'Base64 of a URL': base64(`https://x:${CANARY}@example.org`),
  'Base64url, after one more byte': base64url(`xhttps://x:${CANARY}@example.org`),
  'a URL-encoded URL': encodeURIComponent(`https://x:${CANARY}@example.org`),
};

/** The canary in every way of writing it, whatever is around it. */
const TRACES = [
  CANARY,
  Buffer.from(CANARY).toString('hex'),
  ...['', 'x', 'xx'].map((before) => {
    const start = Math.ceil((before.length * 4) / 3);
    return base64(before + CANARY).slice(start, Math.floor(((before.length + CANARY.length) * 4) / 3));
  }),
];

export const tracesIn = (text: string): string[] => TRACES.filter((trace) => text.includes(trace));
