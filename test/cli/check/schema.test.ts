import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import refused from '../../../cli/check/kubernetes/refused.json';
import { kubernetes } from '../../../cli/check/kubernetes/types';
import values from '../../../cli/check/kubernetes/values.json';
import { isBuiltIn, misfits } from '../../../cli/check/kubernetes-api';

// The cases are in schema.yaml: what is written there, and all that is found in it, in order.

interface Case {
  readonly finds: string;
  readonly [written: string]: unknown;
}

/** What the name of the written part is short for. */
const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  spec: { containers: [{ name: 'c' }], ...spec },
});
const WHOLE: Readonly<Record<string, (part: object) => object>> = {
  object: (part) => part,
  pod,
  container: (part) => pod({ containers: [{ name: 'c', ...part }] }),
  volume: (part) => pod({ volumes: [{ name: 'v', ...part }] }),
  service: (spec) => ({ apiVersion: 'v1', kind: 'Service', spec }),
  deployment: (spec) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { selector: {}, template: { spec: pod({}).spec }, ...spec },
  }),
};

const cases: readonly Case[] = parse(readFileSync(join(__dirname, 'schema.yaml'), 'utf8'));

test.each(
  cases.map(({ finds, ...written }) => [JSON.stringify(written), written, finds] as const),
)('%s', (_, written, finds) => {
  const [name = '', part] = Object.entries(written)[0] ?? [];
  const object = { apiVersion: '', kind: '', metadata: { name: 'x' }, ...WHOLE[name]?.(part as object) };
  const found = misfits(object).map(
    ({ path, wrong, remedy = '', blocks }) =>
      `${path.join('.')}: ${wrong}. ${remedy}${blocks ? ' (blocks)' : ''}\n`,
  );
  expect(found.join('')).toBe(finds);
  expect(isBuiltIn(object.apiVersion, object.kind)).toBe(!object.apiVersion.includes('example.org'));
});

test('the tables name types and fields that exist', () => {
  const { types } = kubernetes();
  const { words, texts, ranges } = values;
  const inRefused = refused.refused.flatMap(({ of, when = {}, each, at }) =>
    [...Object.keys(when), each ?? at ?? []]
      .flat()
      .flatMap((path) => of.map((type) => `${type}#${path.split(/ |\[/)[0]}`)),
  );
  const inChoices = refused.choices.flatMap(({ of, one = [] }) =>
    of.flatMap((type) => one.map((field) => `${type}#${field}`)),
  );
  const inValues = [...[...words, ...texts].flatMap(({ fields }) => fields), ...Object.keys(ranges)];
  const unknown = [...inRefused, ...inChoices, ...inValues].filter((name) => {
    const [type = '', field = ''] = name.split('#');
    return !types.get(type)?.has(field);
  });
  expect(unknown).toEqual([]);
});
