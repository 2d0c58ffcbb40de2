import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

// What a reviewer would have to look for in every change of a workflow. actionlint and zizmor find the rest, such as actions without
// a commit, expressions in scripts, and rights that no job asks for: .ci/workflows.

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'working-directory'?: string;
}
interface Job extends Omit<Step, 'run'> {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, '.github', 'workflows');
const workflows = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return { file, text, workflow: parse(text) as Workflow };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ where: `${file}: ${name}`, job })),
);
const steps = jobs.flatMap(({ where, job }) => (job.steps ?? []).map((step) => ({ where, step })));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

test('every script stops at the first command that fails, in a pipe too', () => {
  const wrong = workflows.filter(({ workflow }) => {
    const commands = Object.values(workflow.jobs).some(({ steps }) => steps?.some(({ run }) => run));
    return (workflow.defaults?.run?.shell === 'bash') !== commands;
  });
  expect(wrong.map(({ file }) => file)).toEqual([]);
});

test('what a pull request starts uses no secret', () => {
  const started = workflows.filter(({ workflow }) => 'pull_request' in workflow.on);
  expect(started.map(({ file }) => file)).toEqual(expect.arrayContaining(['check.yml', 'plan.yml']));
  expect(started.filter(({ text }) => /\bsecrets\b/.test(text)).map(({ file }) => file)).toEqual([]);
});

test('a job that may write, and that a pull request starts, checks nothing out', () => {
  const started = workflows.filter(({ workflow }) => 'pull_request' in workflow.on).map(({ file }) => file);
  const risky = jobs
    .filter(({ where }) => started.includes(where.replace(/: .*/, '')))
    .filter(({ job }) => Object.values(job.permissions ?? {}).includes('write'));
  expect(risky.map(({ where }) => where)).toEqual(['plan.yml: comment']);
  expect(risky.filter(({ job }) => JSON.stringify(job).includes('actions/checkout'))).toEqual([]);
});

test('every job ends, and says what it may do', () => {
  // Where a job calls a workflow, that one's jobs have their own limits.
  expect(jobs.filter(({ job }) => !job.uses && !job['timeout-minutes']).map(({ where }) => where)).toEqual(
    [],
  );
  expect(jobs.filter(({ job }) => !job.permissions).map(({ where }) => where)).toEqual([]);
});

test('an action has one version everywhere', () => {
  const used = new Set(workflows.flatMap(({ text }) => text.match(/[\w./-]+@[0-9a-f]{40} # v[\d.]+/g) ?? []));
  const names = [...used].map((action) => action.split('@')[0]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('no checkout leaves its token behind', () => {
  const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(0);
  expect(checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false)).toEqual([]);
});

test('nothing is cached: what another run left behind must not get into a release', () => {
  const caching = steps.filter(
    ({ step }) =>
      step.uses?.startsWith('actions/cache@') ||
      step.with?.['cache'] !== undefined ||
      (step.uses?.startsWith('actions/setup-node@') && step.with?.['package-manager-cache'] !== false),
  );
  expect(caching.map(({ where }) => where)).toEqual([]);
});

test('every script and file that a step names is here', () => {
  const missing = steps.flatMap(({ where, step }) => {
    const run = step.run ?? '';
    const folder = step['working-directory'] ?? '.';
    const npm = [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name ?? '');
    const files = [...run.matchAll(/(?<![\w/$"}.-])(?:\.ci|app|cli|dist|docs|e2e|lib|local)\/[\w./-]+/g)].map(
      ([path]) => path,
    );
    const here = [...run.matchAll(/(?<![\w/.-])[\w-]+\.(?:py|txt|toml)\b/g)].map(([path]) =>
      join(folder, path),
    );
    return [
      ...npm.filter((name) => !(name in scripts)).map((name) => `${where}: npm run ${name}`),
      ...[folder, ...files, ...here]
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${where}: ${path}`),
    ];
  });
  expect(missing).toEqual([]);
});

test('a pull request is checked by what .ci/run runs before a change lands', () => {
  const called = (text: string) => [
    ...new Set(
      [...text.matchAll(/\bnpm (?:run --silent )?(cit|verify|e2e|test:\w+)/g)].map(([, name]) => name),
    ),
  ];
  const here = ['run', 'kind'].map((name) => readFileSync(join(ROOT, '.ci', name), 'utf8')).join('\n');
  const there = workflows.find(({ file }) => file === 'check.yml')?.text ?? '';
  expect(called(there)).toContain('cit');
  expect(called(there).sort()).toEqual(called(here).sort());
});

test('what has a Dockerfile is published, for production', () => {
  const published = jobs
    .filter(({ job }) => job.uses === './.github/workflows/image.yml')
    .map(({ job }) => job.with?.['name']);
  const built = readdirSync(join(ROOT, 'app')).filter((name) =>
    existsSync(join(ROOT, 'app', name, 'Dockerfile')),
  );
  expect(published.sort()).toEqual(built.sort());
  const targets = built.map((name) => readFileSync(join(ROOT, 'app', name, 'Dockerfile'), 'utf8'));
  expect(targets.filter((text) => !/^FROM .* AS production$/m.test(text))).toEqual([]);
});
