import { fakeWorld } from '../fake-world';

// On the wrong cluster no command does anything, and none asks more than kubectl's own configuration.

const LOCAL = [
  'up development',
  'down development',
  'down development --data --yes',
  'down development --cluster --yes',
  'dev development',
  'status development',
  'manage development -- flush',
  'shell development',
  'logs development web',
  'drill --yes --image x',
];
const HOSTED = [
  'diff production',
  'deploy production --yes',
  'deploy production --rollback --yes',
  'migrate production --yes',
  'migrate production --plan',
  'migrate production --follow',
  'manage production -- flush',
  'status production',
  'ps production',
  'shell production',
  'logs production web',
  'secrets production init',
  'secrets production check',
  'secrets production set django',
  'secrets production rotate postgres',
  'secrets production import .env',
  'backup production',
  'backup production list',
  'backup production fetch a.dump',
  'restore production --from a.dump --yes',
  'restore production --list',
  'restore production --undo --yes',
  'restore production --forget coped_before_20260102t030405 --yes',
];

async function ended(line: string, context?: string) {
  const world = fakeWorld(({ program }) => (program === 'git' ? { code: 1 } : undefined));
  const [before = '', after] = line.split(' -- ');
  const words = [
    ...before.split(' '),
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(after === undefined ? [] : ['--', after]),
  ];
  const code = await world.coped(...words);
  const asked = world.calls.filter(({ program }) => program !== 'git').map(({ line }) => line);
  return { code, said: world.errors(), output: world.output(), asked: [...new Set(asked)] };
}

const CONFIG = ['config view --output=json'];

describe.each(LOCAL)('coped %s', (line) => {
  test.each([
    'coped-production',
    'kind-elsewhere',
    '',
    'KIND-COPED',
    'kind-coped ',
  ])('refuses the context "%s"', async (context) => {
    const { code, said, asked } = await ended(line, context);
    expect({ code, asked }).toEqual({ code: 2, asked: CONFIG });
    expect(said).toMatch(/is not one of kind|has no context named/);
  });
});

describe.each(HOSTED)('coped %s', (line) => {
  test.each([
    'coped-staging',
    'kind-coped',
    '',
    'Coped-Production',
    'coped-production ',
  ])('refuses the context "%s"', async (context) => {
    const { code, said, asked } = await ended(line, context);
    expect({ code, asked }).toEqual({ code: 2, asked: CONFIG });
    expect(said).toMatch(/is not a context of production/);
  });
});

test.each([
  'up production',
  'down production --data --yes',
  'down staging --cluster --yes',
  'dev production',
  'deploy development --yes --context=kind-coped',
  'diff development',
  'migrate development --yes --context=kind-coped',
  'secrets development init',
  'backup development',
  'restore development --undo --yes --context=kind-coped',
])('coped %s is for another kind of environment: refused', async (line) => {
  const { code, asked } = await ended(line);
  expect(code).toBe(2);
  expect(asked.filter((call) => !/^(config view|get namespace) /.test(call))).toEqual([]);
});

test.each([
  'migrate production --yes',
  'restore production --undo --yes',
])('coped %s names no cluster: refused', async (line) => {
  const { code, said, asked } = await ended(line);
  expect(code).toBe(2);
  expect(asked.filter((call) => !/^(config view|get namespace) /.test(call))).toEqual([]);
  expect(said).toMatch(/--yes requires --context/);
});
