/** A setting with a name like this holds a secret (`PGPASSWORD`, too); `…_FILE`, `…_USER` or `…_TIMEOUT` do not. */
const SETTING =
  /(?:password|passwd|passphrase|_pwd|(?:^|_)(?:pass|secret|token|key|apikey|credentials?|authorization))$/;

/** Fields and options: there a plain `key` or `secret` is mostly the name of something. */
const FIELD =
  /(?:password|passwd|passphrase|(?:^|_)(?:token|(?:api|access|private|secret)_?key|client_secret|credentials?|authorization))$/;

/** All that can end such a name: most names differ in their last letters. */
const MAYBE = /(?:pass|passw(?:or)?d|_pwd|phrase|secret|token|key|credentials?|authorization)$/i;

/** Whether what is called this should be a secret. */
export function promisesSecret(name: string, isSetting: boolean): boolean {
  if (!MAYBE.test(name)) return false;
  const last = name.slice(name.lastIndexOf('/') + 1);
  // A name with a dot is a file, not a name for each of its lines.
  if (last.includes('.')) return false;
  const words = last
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .replaceAll('-', '_')
    .toLowerCase();
  return (isSetting ? SETTING : FIELD).test(words);
}
