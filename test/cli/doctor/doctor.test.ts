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

test('all is well: no problem, exit code 0, and the canary is gone', async () => {
  const { code, fine, about, world } = await findings([], healthy());
  expect([...about.values()].filter(({ level }) => level === 'problem')).toEqual([]);
  expect({ code, fine }).toEqual({ code: 0, fine: true });
  expect(about.get('network policies')?.found).toMatch(/^enforced/);
  const removal = world.calls.find(({ line }) => line.startsWith('delete namespace coped-doctor-'));
  expect(removal?.options.evenIfInterrupted).toBe(true);
});

test('for people: one line each, and what to do', async () => {
  const world = fakeWorld(when(/^docker info/, '2000000000'), healthy());
  expect(await world.coped('doctor', '--no-canary')).toBe(1);
  expect(world.output()).toMatch(/^ok {7}node: 22\.1\.0$/m);
  expect(world.output()).toMatch(/^problem {2}memory of docker: 2\.0 GB\n {9}→ Give it 6 GB/m);
  expect(world.errors()).toContain('1 problem');
});

describe('what is not as it should be', () => {
  const local: [string, string, Answer, string, RegExp][] = [
    ['an old Node', 'node', when(/^node/, 'v18.0.0'), 'problem', /18\.0\.0.*Node 20/],
    [
      'Docker does not run',
      'docker',
      when(/^docker/, {
        code: 1,
        stderr: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock',
      }),
      'problem',
      /Cannot connect.*Start Docker/,
    ],
    ['an old kind', 'kind', when(/^kind/, 'kind v0.23.0'), 'warning', /enforces no policies/],
    ['too little memory', 'memory of docker', when(/^docker info/, '4000000000'), 'problem', /4\.0 GB.*6 GB/],
    [
      'kubectl is far from the cluster',
      'kubectl and cluster',
      when(/version --output/, { clientVersion: version(33), serverVersion: version(36) }),
      'warning',
      /3 minor versions.*1\.36/,
    ],
    [
      'an unknown Kubernetes',
      'Kubernetes',
      when(/version --output/, { clientVersion: version(26), serverVersion: version(26) }),
      'warning',
      /1\.26\.0.*1\.27 to 1\.37/,
    ],
    [
      'no default storage class',
      'storage class',
      when(/storageclasses/, { items: [{ metadata: { name: 'slow' } }] }),
      'problem',
      /none is the default.*annotate storageclass slow/,
    ],
    ['no ingress class yet', 'ingress class', when(/ingressclass/, ''), 'warning', /not there yet.*coped up/],
    [
      'no room',
      'room: memory',
      when(/ nodes$/, { items: [{ ...node, status: { allocatable: { cpu: '4', memory: '1Gi' } } }] }),
      'problem',
      /2\.6 GiB needed, 1\.0 GiB/,
    ],
    [
      'others take the room',
      'room: cpu',
      when(/all-namespaces/, {
        items: [
          {
            metadata: { namespace: 'x' },
            spec: { nodeName: 'n', containers: [{ resources: { requests: { cpu: '3500m' } } }] },
            status: { phase: 'Running' },
          },
        ],
      }),
      'problem',
      /0\.7 cores needed, 0\.5 cores/,
    ],
  ];
  test.each(local)('%s', async (_, name, answer, level, text) => {
    const { code, about } = await findings(['--no-canary'], answer, healthy());
    const { next = '', found = '', ...finding } = about.get(name) ?? {};
    expect(finding).toMatchObject({ level });
    expect(`${found} ${next}`).toMatch(text);
    expect(code).toBe(level === 'problem' ? 1 : 0);
  });

  const HOSTED = ['production', '--no-canary'];
  test.each<[string, string, Answer, RegExp]>([
    ['no ingress class', 'ingress class', when(/ingressclass/, ''), /the site would not be reachable/],
    ['nobody measures', 'metrics', when(/--raw/, { code: 1 }), /autoscaler.*metrics-server/],
    [
      'no issuer',
      'ClusterIssuer letsencrypt',
      when(/ClusterIssuer/, { code: 1, stderr: 'no matches for kind' }),
      /no matches.*cert-manager/,
    ],
  ])('production: %s', async (_, name, answer, text) => {
    const { code, about } = await findings(HOSTED, answer, healthy());
    const [key = ''] = [...about.keys()].filter((one) => one.split(' ')[0] === name.split(' ')[0]);
    const { found = '', next = '' } = about.get(key) ?? {};
    expect(`${found} ${next}`).toMatch(text);
    expect(code).toBe(1);
  });
});
