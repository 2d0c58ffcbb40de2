import { selects } from '../../../checker/manifests/label-selector';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { type OneOff, oneOffPod, withPod } from '../../../cli/cluster/one-off-pod';
import { InterruptedError } from '../../../cli/terminal/errors';
import type { Manifest } from '../../manifest';
import { find, manifestsOf, named } from '../../support';
import { FakeCluster } from '../fake-cluster';
import { stored, the } from '../fake-object';

const dist = (name: string) => manifestsOf(named(name));
const template = (manifests: readonly Manifest[], kind = 'Deployment', name = 'web') => {
  const { spec } = stored(find(manifests, kind, name));
  return kind === 'CronJob' ? spec.jobTemplate.spec.template : spec.template;
};
const make = (props: Pick<OneOff, 'template' | 'labels'>) =>
  stored(oneOffPod({ name: 'manage', command: ['sleep', '9'], deadline: 9, ...props }));

test('it is like the pods of its workload, but for what serving needs', () => {
  const of = template(dist('production'));
  const { metadata, spec } = make({ template: of });
  const { securityContext } = of.spec;
  expect(spec).toMatchObject({ restartPolicy: 'Never', activeDeadlineSeconds: 9, securityContext });
  expect(spec.initContainers).toBeUndefined();
  const { ports, livenessProbe, readinessProbe, startupProbe, lifecycle, ...main } = the(
    of.spec.containers[0],
  );
  expect(spec.containers).toEqual([{ ...main, command: ['sleep', '9'], stdin: false, stdinOnce: false }]);
  expect(metadata.name).toMatch(/^manage-[0-9a-f]{8}$/);
});

test.each([
  'web',
  'api',
  'dashboards',
])('in development what fills the code of %s runs, and nothing that has the address of a server', (name) => {
  const of = template(dist('development'), 'Deployment', name);
  const { spec, metadata } = make({ template: of });
  const code = the(of.spec.initContainers[0]);
  // So that kubectl need not say which of the two it has chosen.
  expect(metadata.annotations).toEqual({ 'kubectl.kubernetes.io/default-container': name });
  expect(spec.containers[0]?.volumeMounts).toContainEqual({
    name: 'code',
    mountPath: code.command?.at(-1),
  });
  expect(spec.initContainers).toEqual([code]);
});

test("with a migration's labels nothing of web's selects it: no Service, disruption budget or autoscaler", () => {
  const manifests = dist('production');
  const { metadata } = make({
    template: template(manifests),
    labels: template(manifests, 'CronJob', 'migrate').metadata.labels,
  });
  const selecting = manifests.filter(({ kind, spec }) => {
    if (kind === 'Service') return selects({ matchLabels: spec.selector }, metadata.labels);
    return (
      ['Deployment', 'StatefulSet', 'PodDisruptionBudget'].includes(kind) &&
      selects(spec.selector, metadata.labels)
    );
  });
  expect(selecting.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([]);
});

test('with the labels of its workload it is never ready, so that no Service sends it requests', () => {
  const { spec } = make({ template: template(dist('development')) });
  expect(spec.readinessGates).toEqual([{ conditionType: 'coped.org/serves' }]);
});

describe('withPod', () => {
  const pod = make({ template: template(dist('production')) });

  /** Does something beside the pod. */
  function beside(cluster: FakeCluster, task: (name: string) => Promise<unknown>) {
    const world = cluster.world();
    const kubectl = new Kubectl('c', 'n', world.execute);
    const progress = { progress: () => {}, signal: world.signal };
    const deletions = () => world.calls.filter(({ line }) => line.startsWith('delete pod '));
    return { world, deletions, result: withPod(kubectl, progress, pod, task) };
  }
  const waiting = { reason: 'ErrImagePull', message: 'not found' };
  const inPhase = (phase: string) => Object.assign(new FakeCluster(), { statusOf: () => ({ phase }) });

  test('the pod is removed at the end, and the result is that of the task', async () => {
    const cluster = new FakeCluster();
    expect(await beside(cluster, async (name) => name).result).toBe(pod.metadata.name);
    expect(cluster.objects).toEqual([]);
  });

  test.each<[string, FakeCluster, () => Promise<unknown>, string]>([
    ['the task fails', inPhase('Running'), () => Promise.reject(new Error('no')), 'no'],
    [
      'its image cannot be pulled',
      Object.assign(new FakeCluster(), {
        statusOf: () => ({
          phase: 'Pending',
          containerStatuses: [{ name: 'x', image: 'x:1', state: { waiting } }],
        }),
      }),
      async () => {},
      'the image x:1 cannot be pulled: there is no such image',
    ],
    ['the pod fails', inPhase('Failed'), async () => {}, 'it has failed'],
    [
      'the pod is not accepted',
      new FakeCluster().fail(/^create/, 'exceeded quota'),
      async () => {},
      'exceeded quota',
    ],
  ])('it is removed where %s; the message stays', async (_, cluster, task, message) => {
    const { deletions, result } = beside(cluster, task);
    await expect(result).rejects.toThrow(message);
    expect(deletions()).toHaveLength(1);
    expect(cluster.objects).toEqual([]);
  });

  test('it is removed after ctrl-C, too, by a call that ctrl-C does not reach', async () => {
    const cluster = inPhase('Pending');
    const { world, deletions, result } = beside(cluster, async () => {});
    cluster.when(/^get /, () => world.interruption.abort() as undefined);
    await expect(result).rejects.toBeInstanceOf(InterruptedError);
    expect(deletions().map(({ options }) => options.evenIfInterrupted)).toEqual([true]);
  });
});
