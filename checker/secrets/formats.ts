import tokens from './tokens.json';

// Texts that are secrets wherever they are, because their services gave them a form that nothing else has. Each is in the
// documentation of its service; secretlint and gitleaks know the same ones.

/** Tokens by their prefix, which tokens.json has by service. */
export const TOKEN = new RegExp(`\\b(?:${Object.values(tokens).join('|')})`);

/** OpenSSH, RSA, EC, PGP, and PuTTY's own. */
export const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY|PuTTY-User-Key-File-\d: /;

/** A password as crypt(3) and Apache keep it: `user:$2y$10$…`. It can be guessed offline. */
export const PASSWORD_HASH =
  /(?:^|[:"'=\s])(?:\$(?:2[abxy]|5|6|apr1|argon2\w*|y)\$[^\s"']{20,}|\{S?SHA\d*\}[\w+/=]{20,}|pbkdf2_sha\d+\$\d+\$[^\s"']{20,}|SCRAM-SHA-256\$\d+:)/m;
