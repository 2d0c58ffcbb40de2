import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workloads } from '../../../../checker/manifests/workloads';
import { sample } from '../../../../lib/applications/sample';
import { withCommands } from '../../../../lib/components/django/scripts/scripts';
import { manifestsOf, named } from '../../../support';
import { yamlOf } from '../../../yaml';
import { inContainer, program, root, runIn, secret, useContainer } from './container';

/** See scenarios.yaml for what the fields mean. */
interface Scenario {
  readonly script?: readonly string[];
  readonly container?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly programs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly hours?: Readonly<Record<string, number>>;
  readonly calls?: string;
  readonly shows?: readonly string[];
}
type Group = Scenario & { readonly cases: Readonly<Record<string, Scenario>> };

const SERVERS = {
  postgres: '"$SQL_HOST" "$SQL_PORT"',
  elasticsearch: '"$ELASTIC_HOSTNAME" "$ELASTIC_PORT"',
};

const LIB = join(__dirname, '..', '..', '..', '..', 'lib', 'components');
const componentFile = (path: string): string => readFileSync(join(LIB, path), 'utf8');
const production = workloads(manifestsOf(named('production')));

useContainer();
// Files have the modes that they have in a container, whatever the user prefers.
beforeAll(() => void process.umask(0o022));

function put(path: string, text: string): void {
  const full = join(root, path);
  mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
  if (!path.endsWith('/'))
    writeFileSync(full, text.startsWith('@') ? inContainer(componentFile(text.slice(1))) : text);
}

function run({ script = [], container, args = [], env = {}, ...scenario }: Scenario) {
  for (const [name, value] of Object.entries(scenario.secrets ?? {})) secret(name, value);
  for (const [name, body] of Object.entries(scenario.programs ?? {})) program(name, inContainer(body));
  for (const [path, text] of Object.entries(scenario.files ?? {})) put(path, text);
  for (const [path, hours] of Object.entries(scenario.hours ?? {})) {
    const then = Date.now() / 1000 - hours * 3600;
    utimesSync(join(root, path), then, then);
  }
  writeFileSync(join(root, 'bin', 'sleep'), '#!/bin/sh\n', { mode: 0o755 });
  const init = production.find(({ name }) => name === container)?.pod.initContainers?.[0]?.command;
  const [text = '', , ...words] = init?.slice(2) ?? [
    withCommands(script.map(componentFile).join(''), sample, SERVERS),
    '',
    ...args,
  ];
  const variables = Object.entries(env).map(([name, value]) => [name, inContainer(value)]);
  return runIn('sh', text, Object.fromEntries(variables), ...words);
}

/** Files with their modes and what is in them. */
const shown = (folder: string): string[] =>
  readdirSync(join(root, folder)).map((name) => {
    const path = join(root, folder, name);
    const mode = (statSync(path).mode & 0o777).toString(8);
    return `${folder}/${name} ${mode}: ${readFileSync(path, 'utf8').trim()}`;
  });

/** The same line several times is one. */
function squeezed(text: string): string[] {
  const lines: [line: string, count: number][] = [];
  for (const line of text.split('\n').filter(Boolean)) {
    const last = lines.at(-1);
    if (last?.[0] === line) last[1] += 1;
    else lines.push([line, 1]);
  }
  return lines.map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line));
}

describe.each(
  Object.entries(yamlOf<Record<string, Group>>(__dirname, 'scenarios.yaml')),
)('%s', (_, group) => {
  const { cases, ...usual } = group;
  test.each(Object.entries(cases))('%s', (_title, own) => {
    const scenario = { ...usual, ...own };
    for (const key of ['env', 'secrets', 'programs', 'files'] as const)
      Object.assign(scenario, { [key]: { ...usual[key], ...own[key] } });
    const { status, output, calls } = run(scenario);
    // Arguments can be read by every process, and logs by many people.
    for (const value of Object.values(scenario.secrets ?? {}).map((text) => text.trim()))
      if (value !== '') expect(calls + output).not.toContain(value);
    const pattern = new RegExp(scenario.calls ?? '(.*)', 'g');
    const called = [...calls.matchAll(pattern)].map((match) => match.slice(1).join(''));
    const lines = [
      ...squeezed(output),
      `exit code ${status}`,
      ...squeezed(called.join('\n')).map((call) => `called: ${call}`),
      ...(scenario.shows ?? []).flatMap(shown),
    ];
    const screen = lines
      .join('\n')
      .replaceAll(`${root}/bin/`, '')
      .replaceAll(root, '')
      .replaceAll(/coped-(?!2026010\dT000000Z)\d{8}T\d{6}Z/g, 'coped-<now>');
    expect(`\n${screen}\n`).toMatchSnapshot();
  });
});

test('the files are those of the Secrets that messages name', () => {
  const named = production.flatMap(({ name, pod }) => {
    const [, software] = /\/(postgres|elasticsearch)/.exec(name) ?? [];
    const sources = (pod.volumes ?? []).flatMap((volume) => volume.projected?.sources ?? []);
    return sources.flatMap(({ secret: { name: from = '', items = [] } = {} }) =>
      items.flatMap(({ key, path }) =>
        software && key === 'password' ? [[path, `${from.replace(`${software}-`, '')}-password`]] : [],
      ),
    );
  });
  expect(named.length).toBeGreaterThan(5);
  expect(named.map(([path]) => path)).toEqual(named.map(([, expected]) => expected));
});
