import { selects } from '../../../checker/manifests/label-selector';
import type { ApiObject } from '../../../cli/cluster/kubectl';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { oneOffPod, withPod } from '../../../cli/cluster/one-off-pod';
import { InterruptedError } from '../../../cli/terminal/errors';
import { find, manifestsOf, named } from '../../support';
import { type Answer, fakeWorld } from '../fake-world';

const dist = (name: string) => manifestsOf(named(name)) as ApiObject[];
const template = (manifests: ApiObject[], kind = 'Deployment', name = 'web') => {
  const { spec } = find(manifests, kind, name) as ApiObject;
  return kind === 'CronJob' ? spec.jobTemplate.spec.template : spec.template;
};
const make = (props: object) =>
  oneOffPod({ name: 'manage', command: ['sleep', '9'], deadline: 9, ...props } as never);

test('it is like the pods of its workload, but for what serving needs', () => {
  const of = template(dist('production'));
  const { metadata, spec } = make({ template: of });
  expect(spec).toMatchObject({
    restartPolicy: 'Never',
    activeDeadlineSeconds: 9,
    securityContext: of.spec.securityContext,
  });
  expect(spec.initContainers).toBeUndefined();
  const [{ name, image, env, envFrom, volumeMounts, securityContext, resources }] = of.spec.containers;
  expect(spec.containers).toEqual([
    {
      name,
      image,
      env,
      envFrom,
      volumeMounts,
      securityContext,
      resources,
      imagePullPolicy: 'IfNotPresent',
      command: ['sleep', '9'],
      stdin: false,
      stdinOnce: false,
    },
  ]);
  expect(metadata.name).toMatch(/^manage-[0-9a-f]{8}$/);
});

test.each([
  'web',
  'api',
  'dashboards',
])('in development what fills the code of %s runs, and nothing that has the address of a server', (name) => {
  const of = template(dist('development'), 'Deployment', name);
  const { spec, metadata } = make({ template: of });
  const [code] = of.spec.initContainers;
  // So that kubectl need not say which of the two it has chosen.
  expect(metadata.annotations).toEqual({ 'kubectl.kubernetes.io/default-container': name });
  expect(spec.containers[0].volumeMounts).toContainEqual({
    name: 'code',
    mountPath: code.command.at(-1),
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
  const run = (phase: string | (() => string), ...answers: Answer[]) => {
    const world = fakeWorld(...answers, ({ line }) => {
      if (line.startsWith('create')) return 'created';
      if (line.startsWith('delete')) return 'deleted';
      const status = { phase: typeof phase === 'string' ? phase : phase() };
      return line.startsWith('get') ? { ...pod, status } : undefined;
    });
    const deleted = () =>
      world.calls.filter(({ line }) => line.startsWith(`delete pod ${pod.metadata.name}`));
    const use = <T>(task: (name: string) => Promise<T>) =>
      withPod(new Kubectl('c', 'n', world.execute), { progress: () => {}, signal: world.signal }, pod, task);
    return { world, deleted, use };
  };

  test('the pod is removed at the end, and the result is that of the task', async () => {
    const { use, deleted } = run('Running');
    expect(await use(async (name) => name)).toBe(pod.metadata.name);
    expect(deleted()).toHaveLength(1);
  });

  test.each([
    ['the task fails', 'Running', () => Promise.reject(new Error('no')), 'no'],
    ['the pod fails', 'Failed', () => Promise.resolve(), 'it has failed'],
  ])('it is removed where %s', async (_, phase, task, message) => {
    const { use, deleted } = run(phase);
    await expect(use(task)).rejects.toThrow(message);
    expect(deleted()).toHaveLength(1);
  });

  test('it is removed after ctrl-C, too, by a call that ctrl-C does not reach', async () => {
    const { world, use, deleted } = run(() => {
      world.interruption.abort();
      return 'Pending';
    });
    await expect(use(async () => {})).rejects.toBeInstanceOf(InterruptedError);
    expect(deleted().map(({ options }) => options.evenIfInterrupted)).toEqual([true]);
  });

  test('the message of a cluster that refuses the pod is kept', async () => {
    const { use } = run('Running', ({ line }) =>
      line.startsWith('create') ? { code: 1, stderr: 'exceeded quota: quota' } : undefined,
    );
    await expect(use(async () => {})).rejects.toThrow('exceeded quota');
  });
});
