import { Machine, version } from './machine';

test('all is well: no problem, exit code 0, and the canary is gone', async () => {
  const { code, output, world } = await new Machine().doctor('--json');
  const { fine, findings } = JSON.parse(output);
  expect({ code, fine }).toEqual({ code: 0, fine: true });
  expect(findings.filter(({ level }: { level: string }) => level !== 'ok')).toEqual([]);
  const policies = expect.objectContaining({
    about: 'network policies',
    found: expect.stringMatching(/^enforced/),
  });
  expect(findings).toContainEqual(policies);
  const removal = world.calls.find(({ line }) => line.startsWith('delete namespace coped-doctor-'));
  expect(removal?.options.evenIfInterrupted).toBe(true);
});

test('for people: one line each', async () => {
  const { code, output } = await new Machine().doctor('--no-canary');
  expect(code).toBe(0);
  expect(output).toMatchSnapshot();
});

test('a machine for production needs no Docker and no free ports', async () => {
  const { code, output, world } = await new Machine().doctor('production', '--no-canary');
  expect(code).toBe(0);
  expect(output).toMatchSnapshot();
  expect(world.calls.filter(({ program }) => program === 'docker')).toEqual([]);
});

const DAEMON = 'unix:///var/run/docker.sock';
const denied = `permission denied while trying to connect to the docker API at ${DAEMON}`;
const size = (machine: Machine, size: object) => Object.assign(machine.get('Node').status.allocatable, size);
const noCluster = (machine: Machine) => machine.when(/^config view/, { contexts: [], clusters: [] });
const noPorts = (machine: Machine) => machine.when(/^docker ps/, '');
const versions = (machine: Machine, client: number, server = client) =>
  machine.when(/^version --output/, { clientVersion: version(client), serverVersion: version(server) });
const requests = { cpu: '63500m' };

const FAULTS: Readonly<Record<string, (machine: Machine) => void>> = {
  'an old Node': (m) => m.when(/^node/, 'v18.0.0'),
  'no kubectl': (m) => m.fail(/^version/, 'boom'),
  'Docker does not run': (m) => m.fail(/^docker/, `Cannot connect to the Docker daemon at ${DAEMON}`),
  'Docker may not be used': (m) => m.fail(/^docker/, denied),
  'an old kind': (m) => m.when(/^kind/, 'kind v0.23.0'),
  'too little memory': (m) => m.when(/^docker info/, '4000000000'),
  'kubectl is far from the cluster': (m) => versions(m, 33, 36),
  'an unknown Kubernetes': (m) => versions(m, 26),
  'no default storage class': (m) => (m.get('StorageClass').metadata.annotations = {}),
  'no ingress class yet': (m) => m.when(/ingressclass/, { stdout: '' }),
  'too little room for the pods': (m) => size(m, { memory: '1Gi' }),
  'other pods take the room': (m) =>
    m.add({
      kind: 'Pod',
      metadata: { name: 'x', namespace: 'x' },
      spec: { nodeName: 'n', containers: [{ resources: { requests } }] },
      status: { phase: 'Running' },
    }),
  'no cluster yet': noCluster,
  'no cluster, and only Buildah works': (m) =>
    noCluster(m)
      .fail(/^docker/, denied)
      .when(/^buildah/, 'buildah version 1.28.2'),
  'no cluster, and nothing that makes one': (m) => noCluster(m).fail(/^(kind|minikube)/, ''),
  'a cluster that does not answer': (m) => m.fail(/^get nodes/, 'connection refused'),
  'ports are free for a new cluster': (m) => Object.assign(noPorts(noCluster(m)), { listens: false }),
  'ports are taken by another program': (m) => noPorts(noCluster(m)),
  'ports are taken, perhaps by the cluster': noPorts,
  'ports do not lead to the cluster': (m) => Object.assign(noPorts(m), { listens: false }),
};

const FAULTS_OF_PRODUCTION: typeof FAULTS = {
  'no cluster': noCluster,
  'no ingress class': FAULTS['no ingress class yet'] as (machine: Machine) => void,
  'no metrics': (m) => m.fail(/^get --raw/, ''),
  'no issuer': (m) => m.fail(/^get ClusterIssuer/, 'no matches for kind'),
};

/** The lines that differ from those for a machine on which all is well. */
async function difference(damage: (machine: Machine) => void, ...words: string[]): Promise<string> {
  const fine = (await new Machine().doctor('--no-canary', ...words)).output.split('\n');
  const machine = new Machine();
  damage(machine);
  const { code, output, errors } = await machine.doctor('--no-canary', ...words);
  expect(code).toBe(/^problem/m.test(output) ? 1 : 0);
  expect(/✘ \d problem/.test(errors)).toBe(code === 1);
  return output
    .split('\n')
    .filter((line) => !fine.includes(line))
    .join('\n');
}

test.each(Object.entries(FAULTS))('%s', async (_, damage) => {
  expect(await difference(damage)).toMatchSnapshot();
});

test.each(Object.entries(FAULTS_OF_PRODUCTION))('production: %s', async (_, damage) => {
  expect(await difference(damage, 'production')).toMatchSnapshot();
});
