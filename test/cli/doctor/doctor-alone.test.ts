import { type Answer, fakeWorld } from '../fake-world';

/** Four cores: enough for development, and nothing else. */
const node = { spec: {}, status: { allocatable: { cpu: '4', memory: '64Gi' } } };
const READY = { phase: 'Running', podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] };
const pods = ['listener', 'caller'].map((name) => ({ metadata: { name }, spec: {}, status: READY }));
const version = (minor: number) => ({ gitVersion: `v1.${minor}.0`, minor: String(minor) });
const standard = {
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
};

/** A machine on which all is well; policies are enforced unless `ignores` says so. */
function healthy({ ignores = false } = {}): Answer {
  let denied = false;
  return ({ program, line, options }) => {
    if (program === 'node') return 'v22.1.0\n';
    if (program === 'docker') {
      if (line.startsWith('info')) return '8000000000\n';
      return line.startsWith('ps')
        ? '127.0.0.1:1337->30080/tcp, 127.0.0.1:8443->30443/tcp, 127.0.0.1:8000->30800/tcp\n'
        : '28.0.0\n';
    }
    if (program === 'kind') return 'kind v0.30.0 go1.24 linux/amd64\n';
    if (program !== 'kubectl') return { code: 1, stderr: 'not running' };
    if (line.startsWith('version --client')) return { clientVersion: version(36) };
    if (line.startsWith('version')) return { clientVersion: version(36), serverVersion: version(36) };
    if (/^get (--output=json )?nodes/.test(line)) return { items: [node] };
    if (line.includes('--all-namespaces')) return { items: [] };
    if (line.includes('storageclasses')) return { items: [standard] };
    if (line.includes('ingressclass')) return 'ingressclass/traefik';
    if (line.includes('clusterissuer') || line.includes('ClusterIssuer')) {
      return { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
    }
    if (line.includes('--raw')) return '{}';
    if (line === 'get --output=json pods') return { items: pods };
    if (line === 'get --output=json pod listener') return pods[0];
    if (line === 'get --output=json pod caller') return pods[1];
    if (line.startsWith('apply') && String(options.input).includes('NetworkPolicy')) denied = true;
    if (line.startsWith('delete networkpolicy')) denied = false;
    if (line.startsWith('exec')) return denied && !ignores ? 'stopped' : 'connected';
    return /^(create|apply|delete)/.test(line) ? 'done' : undefined;
  };
}

/** Everything found, by what it is about. */
async function findings(words: string[], ...answers: Answer[]) {
  const world = fakeWorld(...answers);
  const code = await world.coped('doctor', '--json', ...words);
  const { fine, findings } = JSON.parse(world.output());
  const about = new Map<string, { level: string; found: string; next?: string }>(
    findings.map((one: { about: string }) => [one.about, one]),
  );
  return { code, fine, about, world };
}

const when =
  (pattern: RegExp, answer: string | object): Answer =>
  ({ program, line }) =>
    pattern.test(`${program} ${line}`) ? answer : undefined;

const NO_CLUSTER = when(/config view/, { contexts: [], clusters: [] });

test('a machine for production needs no Docker and no free ports', async () => {
  const large = when(/ nodes$/, {
    items: [{ ...node, status: { allocatable: { cpu: '64', memory: '64Gi' } } }],
  });
  const { code, about, world } = await findings(['production', '--no-canary'], large, healthy());
  expect(code).toBe(0);
  expect([...about.keys()].filter((name) => /docker|kind|port/.test(name))).toEqual([]);
  expect(world.calls.filter(({ program }) => program === 'docker')).toEqual([]);
});

describe('without a cluster', () => {
  test('it says what it cannot see, and that there will be one', async () => {
    const { code, about } = await findings([], NO_CLUSTER, healthy());
    expect(code).toBe(0);
    expect(about.get('cluster')).toMatchObject({
      level: 'warning',
      next: expect.stringContaining('npx coped up'),
    });
    expect(about.has('network policies')).toBe(false);
  });

  test.each([
    [
      'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock',
      /^is installed, but you may not use Docker: permission denied/,
      /sudo usermod -aG docker \$USER/,
    ],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock',
      /Docker does not run/,
      /Start Docker/,
    ],
  ])('a Docker that cannot be used is a problem, although Buildah could build: %s', async (stderr, found, next) => {
    const docker = when(/^docker/, { code: 1, stderr });
    const buildah = when(/^buildah/, 'buildah version 1.28.2');
    const { code, about } = await findings([], docker, buildah, NO_CLUSTER, healthy());
    expect(code).toBe(1);
    expect(about.get('docker')).toMatchObject({
      level: 'problem',
      found: expect.stringMatching(found),
      next: expect.stringMatching(next),
    });
  });

  test('nor kind or minikube', async () => {
    const absent = when(/^(kind|minikube)/, { code: 1 });
    const { about } = await findings([], absent, NO_CLUSTER, healthy());
    expect(about.get('kind')).toMatchObject({ level: 'problem' });
  });

  test('production’s is a problem, with the way to it', async () => {
    const { code, about } = await findings(['production'], NO_CLUSTER, healthy());
    expect(code).toBe(1);
    expect(about.get('cluster')).toMatchObject({
      level: 'problem',
      next: expect.stringContaining('rename-context'),
    });
  });

  test('one that does not answer', async () => {
    const { about } = await findings(
      [],
      when(/get nodes/, { code: 1, stderr: 'connection refused' }),
      healthy(),
    );
    expect(about.get('cluster')?.found).toMatch(/does not answer: connection refused/);
  });

  test('kubectl is not installed', async () => {
    const { about } = await findings([], when(/kubectl version/, { code: 1, stderr: 'boom' }), healthy());
    expect(about.get('kubectl')?.level).toBe('problem');
    expect(about.get('cluster')?.found).toMatch(/cannot be seen without kubectl/);
  });
});

describe('ports', () => {
  const nobody = when(/^docker ps/, '');
  async function portOf(taken: boolean, ...answers: Answer[]) {
    const world = fakeWorld(...answers, healthy());
    Object.assign(world, { listens: async () => taken });
    const { ports } = await import('../../../cli/doctor/ports');
    const exists = !answers.includes(NO_CLUSTER);
    return (await ports(world, exists))[0];
  }
  test.each<[string, boolean, Answer[], string, RegExp]>([
    ['leads to the cluster', true, [], 'ok', /leads to the cluster/],
    ['is free', false, [nobody, NO_CLUSTER], 'ok', /free/],
    [
      'is another program’s, and a cluster needs it',
      true,
      [nobody, NO_CLUSTER],
      'problem',
      /another program/,
    ],
    ['is taken, by whom cannot be seen', true, [nobody], 'warning', /cannot be seen/],
    ['leads nowhere', false, [nobody], 'warning', /does not lead to the cluster/],
  ])('a port that %s', async (_, taken, answers, level, text) => {
    const finding = await portOf(taken, ...answers);
    expect(finding?.level).toBe(level);
    expect(finding?.found).toMatch(text);
  });
});
