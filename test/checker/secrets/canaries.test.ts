import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../../lib/environments';
import { environmentSchema } from '../../../lib/environments/environment';
import { sample } from '../../counts';
import { change } from '../../support';
import { CANARY, SECRETS, tracesIn } from './canary';
import { type Input, inputsOf } from './inputs';
import { synth } from './synth';

// A secret that is written into an environment by mistake, at any place, comes out nowhere: not in a file, an error,
// a stack, or what is printed.

const traces = (settings: object) => tracesIn(synth(settings).text);

type Settings = Record<string, unknown> | undefined;

/** An environment with a value at one of its inputs. */
const put = (environment: object, { path, with: others }: Input, value: unknown) =>
  [...others, [path, value] as const].reduce((settings, [key, to]) => change(settings, key, to), environment);

const inputs = (kind: string): Input[] =>
  inputsOf(environmentSchema).filter((input) =>
    input.with.some(([key, value]) => key === 'kind' && value === kind),
  );

test('the output is looked at: a value that is no secret is in it', () => {
  const { text, refused } = synth(change(environments[0] ?? {}, 'host', 'not-a-secret'));
  expect(refused).toBe(true);
  expect(text.match(/not-a-secret/g)?.length).toBeGreaterThan(2);
});

test('the walk finds every kind of input', () => {
  const paths = inputs('hosted').map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'name',
      'host',
      'images.django',
      'secrets.source',
      'web.replicas.min',
      'postgres.storageClass',
      'ingress.annotations.any',
      'ingress.controller.labels.any',
      'certificates.issuer.name',
      'certificates.ingressSecret',
      'backup.schedule',
      'quota.pods',
    ]),
  );
  expect(inputs('local').map(({ path }) => path)).toEqual(
    expect.arrayContaining(['web.nodePort.clients.0', 'secrets.source', 'budget.cpu']),
  );
});

describe.each(
  environments.map((environment, place) => [environment.name, environment, place] as const),
)('%s', (_, environment, place) => {
  const all = inputs(environment.kind);
  /** `web`, `web.resources`, … */
  const groups = [
    ...new Set(all.flatMap(({ path }) => path.split('.').map((_, i, keys) => keys.slice(0, i).join('.')))),
  ].filter((path) => path !== '');

  /** The secrets, with the inputs and groups at which each is tried: each has others in each environment. */
  const trials = Object.entries(SECRETS).map(
    ([name, secret], i) => [name, secret, sample(all, 3, i + place), sample(groups, 3, i + place)] as const,
  );

  test.each(trials)('%s is refused at every input, and shown nowhere', (_, secret, inputs) => {
    for (const input of inputs) {
      const { text, refused } = synth(put(environment, input, secret));
      expect([input.path, tracesIn(text), refused]).toEqual([input.path, [], true]);
    }
  });

  test.each(
    trials,
  )('%s is shown neither inside of something else, nor in the place of a group, nor as the name of a setting', (_, secret, inputs, someGroups) => {
    for (const input of inputs) expect(traces(put(environment, input, { a: [secret] }))).toEqual([]);
    for (const group of someGroups) {
      expect(traces(change(environment, group, secret))).toEqual([]);
      const others = group
        .split('.')
        .reduce<Settings>((value, key) => value?.[key] as Settings, environment as Settings);
      expect(traces(change(environment, group, { ...others, [secret]: 1 }))).toEqual([]);
    }
    expect(traces({ ...environment, [secret]: 1 })).toEqual([]);
  });

  test('a plain one is not shown where secrets belong, nor under a name that says what it is', () => {
    for (const input of all.filter(({ path }) => path.startsWith('secrets.'))) {
      expect(traces(put(environment, input, CANARY))).toEqual([]);
    }
    for (const path of [
      'password',
      'secrets',
      'secrets.any',
      ...groups.map((group) => `${group}.password`),
    ]) {
      expect([path, traces(change(environment, path, CANARY))]).toEqual([path, []]);
    }
  });
});

test('no canary has come to rest in a file', () => {
  const root = join(__dirname, '..', '..', '..');
  const files = ['dist', 'docs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.\w+$/.test(path))
      .map((path) => join(folder, path)),
  );
  expect(files.filter((path) => tracesIn(readFileSync(join(root, path), 'utf8')).length > 0)).toEqual([]);
  expect(files.length).toBeGreaterThan(20);
});
