import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

// `npm run sizes`: how large the repository is, against what it may be. Exit code 1 where something is over its budget.

/** Every TypeScript file that Git knows or would add, without what is generated. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('imports/'))
  .flatMap((path) => {
    try {
      return [{ path, text: readFileSync(path, 'utf8') }];
    } catch {
      // Deleted, and not committed yet.
      return [];
    }
  });

const linesOf = (text: string): number => text.split('\n').length - 1;
const total = (folder: string): number =>
  files.filter(({ path }) => path.startsWith(folder)).reduce((sum, { text }) => sum + linesOf(text), 0);

const lengths = files.map(({ text }) => linesOf(text)).sort((a, b) => a - b);
const median = lengths[Math.floor(lengths.length / 2)] ?? 0;

/** Uses of the type `any`, and of names for it, also of a name for a name: `type A = any; type B = A;`. */
const code = files.map(({ text }) => text.replace(/\/\/.*|\/\*[\s\S]*?\*\/|'[^'\n]*'|`[^`]*`/g, ''));
const names = aliasesOf(['any']);
const any = new RegExp(`(?::|<|\\bas|=|\\||,)\\s*(?:${names.join('|')})\\b(?!\\s*\\()`, 'g');
const anys = code.flatMap((text) => text.match(any) ?? []);

const folders = new Map<string, number>();
for (const { path } of files) folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
const large = [...folders].filter(
  ([folder, count]) => count > 16 && !/^checker\/rules\/|__snapshots__/.test(folder),
);

const rows: [what: string, is: number, least: number, most: number][] = [
  ['lines of lib/', total('lib/'), 0, 5_800],
  ['lines of TypeScript', total(''), 0, 57_250],
  ['median lines of a file', median, 40, 80],
  ['uses of `any`', anys.length, 0, 40],
  ['folders over 16 files', large.length, 0, 0],
];
for (const [what, is, least, most] of rows) {
  const budget = least > 0 ? `${least}–${most}` : `≤ ${most}`;
  console.log(`${is < least || is > most ? 'OVER' : 'ok  '} ${String(is).padStart(6)}  ${what} (${budget})`);
}
for (const [folder, count] of large) console.log(`       ${folder}: ${count} files`);
for (const folder of ['lib', 'formats', 'checker', 'rules', 'cli', 'scripts', 'local', 'test'])
  console.log(`     ${String(total(`${folder}/`)).padStart(6)}  ${folder}/`);
process.exitCode = rows.some(([, is, least, most]) => is < least || is > most) ? 1 : 0;

/** These types, and all that are nothing but one of them. */
function aliasesOf(known: readonly string[]): readonly string[] {
  const alias = new RegExp(`type (\\w+) = (?:${known.join('|')});`, 'g');
  const found = code.flatMap((text) => [...text.matchAll(alias)].map(([, name = '']) => name));
  const fresh = found.filter((name) => !known.includes(name));
  return fresh.length === 0 ? known : aliasesOf([...known, ...fresh]);
}
