import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../checker/manifests/manifest';
import { environments } from '../../examples/coped';
import { coped } from '../../examples/coped/application';
import * as compose from '../../examples/coped/compose.json';
import { production } from '../../examples/coped/production';
import { synthesize } from '../../rules/synthesize';
import { place } from '../checker/cases/change';
import { documentsOf, yamlOf } from '../yaml';

const EXAMPLE = join(__dirname, '..', '..', 'examples', 'coped');
const DIST = join(EXAMPLE, 'dist');

test('dist is what its sources give; if not, run `npm run synth:examples` and read `git diff examples`', () => {
  const written = synthesize(environments).flatMap(({ name, files }) =>
    files.map((file) => [join(name, file.name), file.text] as const),
  );
  const there = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  expect(there.sort()).toEqual(written.map(([path]) => path).sort());
  for (const [path, text] of written) expect(readFileSync(join(DIST, path), 'utf8')).toBe(text);
});

test('once it reads the authority of Elasticsearch, one key goes and nothing is found', () => {
  const { clients, ...elasticsearch } = production.elasticsearch ?? { nodes: 1, storage: '10Gi' };
  const [folder] = synthesize([{ ...production, elasticsearch }]);
  const text = JSON.stringify(folder);
  expect(clients?.plain).toBeDefined();
  expect(text).toContain('"ELASTIC_HOSTNAME":"https://elasticsearch"');
  expect(text).toContain('"ELASTIC_CA_FILE":"/run/secrets/coped/elasticsearch-ca.crt"');
});

test('an environment without search, queue and Metabase gives it no variable of theirs', () => {
  const password = { secret: 'a', key: 'b' };
  const variables = coped.variables({
    host: 'h',
    hosts: ['h'],
    debug: false,
    release: '',
    realSecrets: true,
    maxBodyBytes: 1,
    trustedProxies: [],
    signingKey: password,
    postgres: { host: 'p', port: 1, database: 'd', user: 'u', password },
  });
  expect(Object.keys(variables).filter((name) => /^(ELASTIC|REDIS|METABASE)_/.test(name))).toEqual([]);
});

describe('what its Compose files say', () => {
  type Line = string | { readonly gone: string };
  interface Tree<T> {
    readonly [key: string]: T | Tree<T>;
  }

  /** `variables web DEBUG` → what it is. */
  const flat = <T>(tree: Tree<T>, isLeaf: (value: T | Tree<T>) => value is T, above = ''): [string, T][] =>
    Object.entries(tree).flatMap(([key, value]) =>
      isLeaf(value) ? [[above + key, value]] : flat(value, isLeaf, `${above + key} `),
    );
  const isLine = (value: Line | Tree<Line>): value is Line => typeof value === 'string' || 'gone' in value;
  /** Lists are names, and ports. */
  const named = (facts: unknown): Tree<string> =>
    Array.isArray(facts)
      ? Object.fromEntries(facts.map((name) => [name, '']))
      : (Object.fromEntries(
          Object.entries(Object(facts)).map(([key, value]) => [
            key,
            typeof value === 'object' ? named(value) : value,
          ]),
        ) as Tree<string>);

  const facts = flat(named(compose.facts), (value) => typeof value === 'string').map(([key]) => key);
  const lines = flat(yamlOf<Tree<Line>>(EXAMPLE, 'where-it-went.yaml'), isLine);

  test.each([
    ['services', 8],
    ['variables', 49],
    ['variables web', 33],
    ['volumes', 5],
    ['published', 3],
    ['exposed', 5],
    ['health', 4],
    ['entrypoint', 7],
    ['nginx', 6],
    ['development variables', 6],
    ['development published', 7],
  ])('%s: %i', (group, count) => {
    expect(facts.filter((fact) => fact.startsWith(`${group} `))).toHaveLength(count);
  });

  test('no fact is without a line, and no line without a fact', () => {
    expect(lines.map(([key]) => key).sort()).toEqual([...facts].sort());
  });

  const objects = new Map(
    environments.map(({ name }) => [
      name,
      readdirSync(join(DIST, name)).flatMap((file) => documentsOf<Manifest>(DIST, name, file)),
    ]),
  );

  test.each(lines)('%s', (_, line) => {
    if (typeof line !== 'string') return expect(line.gone).toMatch(/\w{4}/);
    const [, environment = 'production', path = '', sign, expected] =
      /^(?:(\w+) )?(\w+\/\S+ \S+) ([=~]) (.+)$/.exec(line) ?? [];
    const { parent, key } = place(objects.get(environment) ?? [], path);
    const found = parent[key];
    const text = typeof found === 'object' ? JSON.stringify(found) : String(found);
    if (sign === '=') expect(text).toBe(expected);
    else expect(text).toContain(expected);
  });
});
