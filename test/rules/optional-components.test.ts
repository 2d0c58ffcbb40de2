import { development } from '../../lib/environments/development';
import type { HostedEnvironment, LocalEnvironment } from '../../lib/environments/environment';
import { production } from '../../lib/environments/production';
import { parseEnvironments } from '../../rules/environments';
import { externalKeys } from '../../rules/external-secrets';
import { synthesize } from '../../rules/synthesize';

type Input = LocalEnvironment | HostedEnvironment;
const OPTIONAL = ['api', 'dashboards', 'elasticsearch'] as const;
type Optional = (typeof OPTIONAL)[number];

const subsets = Array.from({ length: 2 ** OPTIONAL.length }, (_, bits) =>
  OPTIONAL.filter((_, i) => (bits >> i) & 1),
);

/** An environment that leaves these out. */
const without = (input: Input, left: readonly Optional[]): Input => {
  const images = { ...input.images, ...(left.includes('dashboards') && { dashboards: undefined }) };
  return { ...input, ...Object.fromEntries(left.map((name) => [name, undefined])), images } as Input;
};

const cases = [development, production].flatMap((input) =>
  subsets.map((left): [string, string, Input] => [
    input.name,
    left.join(' and ') || 'nothing',
    without(input, left),
  ]),
);

test.each(cases)('%s may leave out %s: nothing is found, and nothing of it is left', (_, left, input) => {
  const [folder] = synthesize([input]);
  const text = JSON.stringify(folder?.files);
  for (const name of OPTIONAL.filter((one) => left.includes(one))) {
    expect(text).not.toContain(`"app.kubernetes.io/component":"${name}`);
    expect(text).not.toContain(`"name":"${name}"`);
  }
});

test('no Secret of what is left out is asked for', () => {
  const secretsOf = (input: Input) =>
    parseEnvironments([input])
      .flatMap(externalKeys)
      .map(({ secret }) => secret);
  expect(secretsOf(production)).toEqual(
    expect.arrayContaining(['elasticsearch-superuser', 'elasticsearch-application']),
  );
  expect(secretsOf(without(production, ['elasticsearch'])).filter((name) => /elastic/.test(name))).toEqual(
    [],
  );
});

test.each([
  [
    'an image without its component',
    { dashboards: undefined },
    'images.dashboards: "docker.io/coped/dashboards:development" belongs to a component that the environment leaves out',
  ],
  [
    'a component without its image',
    { images: { ...development.images, dashboards: undefined } },
    'images.dashboards: is missing',
  ],
  [
    'a server that the application has no command for',
    { application: { ...development.application, api: undefined } },
    'api: {"replicas":1',
  ],
])('%s is refused', (_, change, message) => {
  expect(() => synthesize([{ ...development, ...change }])).toThrow(message);
});
