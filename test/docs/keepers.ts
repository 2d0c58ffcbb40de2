import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';
import { pages } from '../e2e/docs/pages';
import { type Command, snippetsOf } from '../e2e/docs/snippets';
import { isForCluster, untried } from '../e2e/docs/trial';
import { PARTS } from '../slow/parts';

const ROOT = join(__dirname, '..', '..');
const JOBS = [...filesIn('.ci'), ...filesIn('.github/workflows')];
/** What the jobs run, line by line, with what the scripts of package.json among them run. */
const lines = JOBS.flatMap((path) =>
  readFileSync(join(ROOT, path), 'utf8')
    .replaceAll('--silent ', '')
    .replace(/npm run verify/g, `$&\n${scripts.verify.replaceAll('--silent ', '').replaceAll(' && ', '\n')}`)
    .replace('npm run test:slow', `$&\n${PARTS.map((part) => `npm run ${part}`).join('\n')}`)
    .split('\n'),
);

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`);
}

function jobsRun(text: string): boolean {
  if (JOBS.includes(text)) return true;
  // `npm cit` is both; options of `npm run e2e` choose among what it runs.
  const words = text.replace(/^npm (ci|test)$/, 'npm cit').replace(/^(npm run e2e) -- .*/, '$1');
  return lines.some((line) => ` ${line.replace(/^\s*(- )?(run: )?/, '')} `.includes(` ${words} `));
}

/** Who runs the commands of the pages. */
export const keepers = {
  /** No test: docs/verified.md says so. */
  untried: ({ text }: Command) => untried.has(text),
  /** You, when you want to know: a quiet machine, or sizes against their budgets. */
  people: ({ text }: Command) => /^npm run (bench|sizes|mutate -- \S+)$/.test(text),
  /** What Compose had; the pages say what it is now. */
  past: ({ text }: Command) => /^docker[ -]compose /.test(text),
  /** test/examples/readme.slow.ts, one after the other. */
  example: ({ page, text }: Command) => page === 'examples/coped/README.md' && /^(git|cp|for) /.test(text),
  /** test/docs/clone.slow.ts, in a fresh clone. */
  clone: ({ text }: Command) =>
    /^(npm run (synth|docs|format|check|plan|images|picture|report)\b|npx coped (check|plan|images|picture|report)\b|npx cdk8s synth$|node -r \.\/cli\/register\.js |git |cp )/.test(
      text,
    ),
  /** `.ci/run`, or a workflow: too slow for a test, or in need of more than Node. */
  ci: ({ text }: Command) => jobsRun(text),
  /** `.ci/kind plain`, from the README itself. */
  plain: ({ page, text }: Command) => page === 'README.md' && /^(kind|docker build) /.test(text),
  /** `npm test`, as a part of it. */
  tests: ({ text }: Command) => text.startsWith('npx jest '),
  /** test/docs/commands.test.ts puts them to the program; steps of the end-to-end suite run its subcommands. */
  coped: ({ text }: Command) => /^(npx )?coped /.test(text),
  /** The step `docs-commands` of the end-to-end suite. */
  cluster: isForCluster,
  /** The pods, which start with these words, or `coped manage`. */
  pods: ({ text }: Command) => text.startsWith('python manage.py '),
} as const;

type Keeper = keyof typeof keepers;

/** The first that knows a command; undefined if none does. */
export const keeperOf = (command: Command): Keeper | undefined =>
  (Object.keys(keepers) as Keeper[]).find((keeper) => keepers[keeper](command));

/** Every command of every page. `a && b` are two, if this repository's own programs are in it. */
export const commands: readonly Command[] = pages.flatMap(({ path, text }) =>
  snippetsOf(path, text)
    .flat()
    .flatMap((command) =>
      /^(npm|git) /.test(command.text)
        ? command.text.split(' && ').map((part) => ({ ...command, text: part }))
        : [command],
    ),
);

/** What one keeper has to run, each text once. */
export const kept = (keeper: Keeper): string[] => [
  ...new Set(commands.filter((command) => keeperOf(command) === keeper).map(({ text }) => text)),
];
