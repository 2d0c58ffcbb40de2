// Settings in files: `DB_PASSWORD=…` of a .env file, `password = …` of an INI file, YAML, JSON, XML, options of a command, SQL. What is
// called a secret is one if its value looks like one: `password: required` is a form, `password: ${PASSWORD}` is filled in.

const PASSWORD = 'passw(?:or)?d|passphrase|pass|pwd';
const KEY =
  '(?:api|app|access|account|auth|client|consumer|encryption|hmac|jwt|license|master|private|secret|service|session|shared|signing|storage|webhook)_?(?:key|secret|token)(?:_?base)?';

/** Ends a name that promises a secret; `_FILE`, `_URL` or `_TIMEOUT` behind it would not. */
const PROMISE = new RegExp(
  `(?:^|_)(?:${KEY}|secret|token|credentials?|authorization|auth_?token|dsn_password)$|(?:${PASSWORD})$`,
);
const IS_PASSWORD = new RegExp(`(?:${PASSWORD})$`);
/** A variable: written in capitals, it is never a form's label or a translation. */
const VARIABLE = /^[A-Z][A-Z0-9_]+$/;

/** The lines that have such a name: few of most texts. */
const MAYBE = /pass|pwd|secret|token|key|credential|authorization|identified by/i;

const NAME = '[\\w.$-]*[A-Za-z]';
/** A quoted value, or one that ends with the line, or with what ends an item of a list. */
const VALUE = '(?:"(?<double>[^"\\n]*)"|\'(?<single>[^\'\\n]*)\'|(?<plain>[^\\n]*))';
const PATTERNS = [
  // name = value, "name": "value", name => value, --name=value; not psql's PASSWORD :'variable'
  new RegExp(`["']?(?<name>${NAME})["']?[ \\t]*(?:=>|:=|=|(?<![ \\t]):|:(?=[ \\t]))[ \\t]*${VALUE}`, 'g'),
  // --name value, in a line or in the items of a list
  new RegExp(`(?:^|[\\s"'])--?(?<name>${NAME})(?:[ \\t]+|["'],[ \\t]*)${VALUE}`, 'gm'),
  // <name>value</name>, name="…password" value="…"
  new RegExp(`<(?<name>${NAME})>(?<plain>[^<\\n]+)</`, 'g'),
  new RegExp(`(?:name|key)=["'](?<name>${NAME})["']\\s+value=${VALUE}`, 'g'),
  // CREATE ROLE … PASSWORD 'value', IDENTIFIED BY 'value'
  /\b(?<name>PASSWORD|IDENTIFIED BY)\s+'(?<single>[^'\n]+)'/gi,
];

/** Forms that have no name before the password. */
const POSITIONS = [
  // .pgpass: host:port:database:user:password
  /^[^\s:#]+:(?:\d{2,5}|\*):[^\s:]+:[^\s:]+:(?<plain>\S+)$/gm,
  // .netrc: machine … login … password value
  /\blogin\s+\S+\s+password\s+(?<plain>\S+)/g,
  // curl -u user:password
  /\bcurl\b[^\n]*\s(?:-u|--user)[ =]?["']?[\w.@-]+:(?<plain>[^\s"']+)/g,
  // sshpass -p password, mysql -ppassword, redis-cli -a password
  /\b(?:sshpass\s+-p\s*|(?:mysql|mysqldump|mariadb)\b[^\n]*\s-p|redis-cli\b[^\n]*\s-a\s*)["']?(?<plain>[^\s"'-][^\s"']+)/g,
];

/** Whether a text assigns a value to something that is called a secret. */
export function assignsSecret(text: string): boolean {
  for (const pattern of POSITIONS) {
    for (const { groups = {} } of text.matchAll(pattern))
      if (isSecret(groups['plain'] ?? '', 'password')) return true;
  }
  const lines = text
    .split('\n')
    .filter((line) => MAYBE.test(line))
    .join('\n');
  for (const pattern of lines === '' ? [] : PATTERNS) {
    // A value may itself be an assignment: `command: mysql --password=…`. So the search goes on right behind the name.
    const search = new RegExp(pattern.source, pattern.flags);
    for (let match = search.exec(lines); match; match = search.exec(lines)) {
      const { name = '', double, single, plain } = match.groups ?? {};
      search.lastIndex = match.index + match[0].indexOf(name) + name.length;
      if (!promises(name)) continue;
      if (valuesOf(double ?? single, plain).some((value) => isSecret(value, name))) return true;
    }
  }
  return false;
}

/**
 * Whether the value of a setting, or of a field, gives a secret away. Its name promises one already; here a name that says
 * "password" or "api key" takes any value, and one that says "key" only what looks like one: `SORT_KEY: created_at`.
 */
export const isSecretSetting = (value: string, name: string): boolean =>
  promises(name) ? !ORDINARY.test(value.trim()) : isSecret(value, name);

const promises = (name: string): boolean => PROMISE.test(words(name)) || /^identified by$/i.test(name);

/** `spring.datasource.hikariPassword` → `spring_datasource_hikari_password`. */
const words = (name: string): string =>
  name
    .replace(/([a-z\d])(?=[A-Z])/g, '$1_')
    .replaceAll(/[.$/-]/g, '_')
    .toLowerCase();

/** A plain value ends with the line, or before what ends it in a list, a query or a connection string. */
function valuesOf(quoted: string | undefined, plain = ''): string[] {
  if (quoted !== undefined) return [quoted];
  const line = plain.trim().replace(/(?:\s+#.*|[,;\\]|["')\]}]+)$/, '');
  return [line, line.split(/[\s,;&"'<>)\]}]/)[0] ?? ''];
}

/** What is filled in later, computed, or hidden: `${X}`, `$(x)`, `$X`, `{{ x }}`, `<x>`, `%(x)s`, `f(x)`, `a.b`, `***`, a path. */
const FILLED_IN =
  /^\$[A-Za-z_{(]|[{<%]\(|\{\{|\$\{|^[<[{(&!|>%@`]|^[\w.]+\(|^[\w.]+\[|^:?["']|\*\*\*|\.\.\.|…|^x{3,}$|^(?:\.{0,2}|~)\/|^[\w+]+:\/\/|^(?:vault|secret|env|file|ref|op|sops|arn|projects):|^[a-z_]\w*(?:\.[a-z_]+)+$/i;
/** Passwords that everybody tries first, and that programs come with. */
const WELL_KNOWN =
  /^(?:admin|administrator|changeit|changeme|default|django|elastic|guest|hunter2|letmein|master|minioadmin|mysql|passw0rd|password|postgres|postgresql|qwerty|root|secret|test|toor|welcome)\d*!?$/i;
/** What a form, a schema or a switch says. */
const ORDINARY =
  /^(?:true|false|yes|no|on|off|null|nil|none|undefined|required|optional|hidden|string|text|enabled|disabled|\d{1,7}|\d+[a-z]{1,2}|v\d[\w.]*|\d{4}-\d\d-\d\d.*)$/i;
/** Words, and names of objects: `created_at`, `postgres-owner`, `coped-tls-2`, `Zugangscode`. */
const WORDS = /^\p{L}+(?:[\s._:/-]+(?:\p{L}+|\d{1,2}))*$/u;

function isSecret(value: string, name: string): boolean {
  const text = value.trim();
  const words = text.toLowerCase();
  if (text.length < 4 || ORDINARY.test(text) || FILLED_IN.test(text)) return false;
  const isPassword = IS_PASSWORD.test(name.toLowerCase()) || name.toLowerCase() === 'identified by';
  const isVariable = VARIABLE.test(name);
  // Prose, unless a variable has it in quotes.
  if (/\s/.test(text)) return isPassword && isVariable && !/[.,!?]/.test(text);
  // In a file of translations everything is called by its own name; a variable is a setting, whatever it says.
  if (isPassword && isVariable) return true;
  if (isPassword && WELL_KNOWN.test(text)) return words !== name.toLowerCase();
  if (isPassword) return !/^\p{Lu}?\p{Ll}+$|^\p{Lu}+$/u.test(text);
  if (isVariable && text.length >= 12) return true;
  return text.length >= 12 && !isWord(text) && mixture(text) >= 2;
}

/** A word, also one with a capital in front; a password that a machine made has capitals inside, and digits. */
const isWord = (text: string): boolean =>
  WORDS.test(text) && !/\p{Ll}\p{Lu}\p{Ll}*\p{Lu}|\p{Lu}\p{Ll}+\p{Lu}\p{Lu}/u.test(text);

/** How many kinds of characters there are. */
const mixture = (text: string): number =>
  [/[a-z]/, /[A-Z]/, /\d/, /[^\w.:/-]/].filter((kind) => kind.test(text)).length;
