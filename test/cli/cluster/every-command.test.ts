import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FakeCluster } from '../fake-cluster';
import { type Answer, fakeWorld } from '../fake-world';

// What holds for every command that works on a cluster: the wrong one is not touched, and what is missing is said.

const {
  local: LOCAL,
  hosted: HOSTED,
  looking: LOOKING,
  changing: CHANGING,
}: Record<'local' | 'hosted' | 'looking' | 'changing', string[]> = parse(
  readFileSync(join(__dirname, 'commands.yaml'), 'utf8'),
);

/** The words of a command line, with options before the two dashes. */
const wordsOf = (line: string, ...options: string[]): string[] => {
  const [before = '', after] = line.split(' -- ');
  return [...before.split(' '), ...options, ...(after === undefined ? [] : ['--', after])];
};

/** Runs a command where kubectl answers like this; nothing is committed. */
async function ended(words: readonly string[], answer: Answer, more: object = {}) {
  const world = fakeWorld(({ program }) => (program === 'git' ? { code: 1 } : undefined), answer);
  const code = await Object.assign(world, more).coped(...words);
  const calls = world.calls.filter(({ program }) => program !== 'git').map(({ line }) => line);
  return { code, errors: world.errors(), output: world.output(), calls: [...new Set(calls)] };
}

const CONFIG = 'config view --output=json';
const silent = () => undefined;
const noCluster = ({ line }: { line: string }) =>
  line === CONFIG ? { contexts: null, clusters: null } : undefined;

describe('a wrong context is refused before anything is asked of the cluster', () => {
  const local = LOCAL.flatMap((line) =>
    ['coped-production', 'kind-elsewhere', '', 'KIND-COPED', 'kind-coped '].map((context) => ({
      line,
      context,
    })),
  );
  const hosted = HOSTED.flatMap((line) =>
    ['coped-staging', 'kind-coped', '', 'Coped-Production', 'coped-production '].map((context) => ({
      line,
      context,
    })),
  );
  test.each([...local, ...hosted])('coped $line: "$context"', async ({ line, context }) => {
    const { code, errors, calls } = await ended(wordsOf(line, `--context=${context}`), silent);
    expect({ code, calls }).toEqual({ code: 2, calls: [CONFIG] });
    expect(errors).toMatch(/is not one of kind|has no context named|is not a context of production/);
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
  'migrate production --yes',
  'secrets development init',
  'backup development',
  'restore development --undo --yes --context=kind-coped',
  'restore production --undo --yes',
])('coped %s is for another kind of environment, or names no cluster: refused', async (line) => {
  const { code, errors, calls } = await ended(wordsOf(line), silent);
  expect(code).toBe(2);
  expect(calls.filter((call) => !/^(config view|get namespace) /.test(call))).toEqual([]);
  if (line.startsWith('m') && line.includes('production')) expect(errors).toMatch(/--yes requires --context/);
});

test.each([
  ...LOOKING,
  ...CHANGING,
])('coped %s in a namespace with nothing in it: exit code 1', async (line) => {
  const { code, errors } = await ended(wordsOf(line), ({ line }) => {
    if (/^get .*(deployments,|--output=json deployments$|secrets$)/.test(line)) return { items: [] };
    if (line.startsWith('exec')) return { code: 1, stderr: 'pods not found' };
    return /^get /.test(line) ? '' : undefined;
  });
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(/✘/) });
});

test.each([
  'status development',
  'manage development -- check',
  'dev',
  'down --data --yes',
])('coped %s without a cluster: exit code 1', async (line) => {
  const { code, errors } = await ended(wordsOf(line), noCluster);
  expect(code).toBe(1);
  expect(errors).toMatch(/kubectl has no local cluster\n.*npx coped up/);
});

const TYPO = '/home/ada/.kube/typo (there is no such file)';
const unreadConfigurations = () => ({ files: [TYPO], all: true });

test.each([
  ...LOOKING,
  ...CHANGING,
  'down --data --yes',
  'deploy production --rollback',
])('coped %s names a KUBECONFIG that does not exist', async (line) => {
  const { code, errors } = await ended(wordsOf(line), noCluster, { unreadConfigurations });
  expect(code).toBe(1);
  expect(errors).toMatch(
    /✘ KUBECONFIG names \/home\/ada\/\.kube\/typo \(there is no such file\).*\n.*unset KUBECONFIG/,
  );
});

test('of several files the one that is missing is named first, and where the context is not found', async () => {
  const one = { unreadConfigurations: () => ({ files: [TYPO], all: false }) };
  const { errors } = await ended(['logs', 'production', 'web'], silent, one);
  expect(errors).toMatch(/^KUBECONFIG names \S+typo \(there is no such file\): kubectl goes on without\n/);
  const words = ['logs', 'production', 'web'];
  expect((await ended(words, noCluster, one)).errors).toMatch(/no context named .*typo \(there is no such/);
});

test('what kubectl cannot read is named in our words', async () => {
  const one = { unreadConfigurations: () => ({ files: ['/x (it is a folder)'], all: true }) };
  const { code, errors } = await ended(['status', 'production'], () => ({ code: 1, stderr: 'EISDIR' }), one);
  expect([code, errors]).toEqual([1, expect.stringContaining('configuration: KUBECONFIG names /x (it is a')]);
});

test('doctor names it, too', async () => {
  const words = ['doctor', 'production', '--no-canary'];
  const answer = (call: { program: string; line: string }) => {
    if (call.line.startsWith('version --client')) return { clientVersion: { gitVersion: 'v1.36.0' } };
    return call.program === 'node' ? 'v24.0.0' : noCluster(call);
  };
  const { output } = await ended(words, answer, { unreadConfigurations });
  expect(output).toContain('KUBECONFIG names /home/ada/.kube/typo');
});

describe('a namespace that is being deleted', () => {
  const HELD = 'example.org/hold in 1 resource instances';
  const JUST_NOW = '2026-01-02T03:03:50Z';
  const LONG_AGO = '2026-01-02T02:04:05Z';
  const going = (deletionTimestamp: string, held = HELD) => {
    const message = `Some content in the namespace has finalizers remaining: ${held}`;
    const conditions = [
      {
        type: 'NamespaceContentRemaining',
        status: 'True',
        message: 'Some resources are remaining: configmaps',
      },
      { type: 'NamespaceFinalizersRemaining', status: 'True', message },
      { type: 'NamespaceDeletionContentFailure', status: 'False', message: 'All content deleted' },
    ];
    return ({ line }: { line: string }) =>
      /^get namespace \S+ --ignore-not-found --output=json$/.test(line)
        ? { metadata: { deletionTimestamp }, status: { conditions } }
        : undefined;
  };

  test.each([
    'deploy production --rollback',
    'secrets production init',
    'backup production',
    ...LOOKING.filter((line) => !/status|list$/.test(line)),
    'restore production --list',
  ])('coped %s says so, and does nothing', async (line) => {
    const { code, errors, calls } = await ended(wordsOf(line), going(JUST_NOW));
    expect(code).toBe(1);
    expect(errors).toMatch(
      /✘ the namespace coped-\w+ is being deleted \(asked for 15 s ago\)\n +Some resources/,
    );
    expect(errors).toMatch(/wait --for=delete namespace\/coped-/);
    expect(errors).not.toContain('All content');
    expect(calls.filter((call) => !/^(config|get namespace)/.test(call))).toEqual([]);
  });

  test.each([
    [
      'a finalizer does not go by itself: waiting is not advised',
      HELD,
      /hold in 1 .*\n +It does not go by itself/,
    ],
    [
      'a claim waits for its pods only',
      'kubernetes.io/pvc-protection in 1 resource instances',
      /Wait until it is gone/,
    ],
  ])('after a minute, %s', async (_, held, message) => {
    const { code, errors } = await ended(['secrets', 'production', 'init'], going(LONG_AGO, held));
    expect(code).toBe(1);
    expect(errors).toMatch(message);
  });

  test.each([
    'open --print',
    'doctor --no-canary',
    'drill --yes --image x',
    'down',
    'up',
  ])('coped %s goes on where it can, and says so first', async (line) => {
    const cluster = new FakeCluster(
      { kind: 'Node', metadata: { name: 'node' } },
      { kind: 'Namespace', metadata: { name: 'coped-development' } },
    )
      .when(/^(docker|podman|buildah|minikube|kind|node) /, { code: 1 })
      .when(/^version/, {
        clientVersion: { gitVersion: 'v1.36.0' },
        serverVersion: { minor: '36', gitVersion: 'v1.36.0' },
      });
    const world = fakeWorld(going(JUST_NOW), cluster.answer);
    await world.coped(...wordsOf(line));
    const [first] =
      /being deleted \(asked for 15 s ago\)|.*(no builder|not ready|deleted:)/s.exec(
        world.errors() + world.output(),
      ) ?? [];
    expect(first).toBe('being deleted (asked for 15 s ago)');
  });

  test('is not known to users who may not read namespaces: they go on', async () => {
    const { errors } = await ended(wordsOf('manage production -- check'), ({ line }) => {
      const stderr = 'Error from server (Forbidden): namespaces';
      if (line.startsWith('get namespace')) return { code: 1, stderr };
      return line.startsWith('get') ? '' : undefined;
    });
    expect(errors).toContain('production has no web on this cluster');
  });
});
