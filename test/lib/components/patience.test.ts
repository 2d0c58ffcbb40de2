import type { ContainerSpec, Probe } from '../../../checker/manifests/kubernetes';
import { containers, workloads } from '../../../checker/manifests/workloads';
import { production as example } from '../../../examples/coped/production';
import { filesOf } from '../../../lib/output/files';
import { localIngressController } from '../../../local/traefik';
import { environments, manifestsOf } from '../../support';

/** Every server's container, wherever it runs. */
const servers = [
  ...environments.map((environment) => ({ where: environment.name, manifests: manifestsOf(environment) })),
  { where: 'local', manifests: filesOf(localIngressController()).flatMap(({ manifests }) => [...manifests]) },
].flatMap(({ where, manifests }) =>
  workloads(manifests)
    .filter(({ serves }) => serves)
    .flatMap((workload) => containers(workload).filter(({ init }) => !init))
    .map(({ path, spec }): [string, ContainerSpec] => [`${where} ${path}`, spec]),
);

/** Seconds of silence until a probe counts as failed. */
const patience = ({ failureThreshold = 3, periodSeconds = 10 }: Probe): number =>
  failureThreshold * periodSeconds;

// On a laptop where everything starts at once, with the CPU of a quarter of one, each of these was restarted in the middle
// of a good start.
test.each(servers)('%s is never restarted because it is slow', (_, container) => {
  const { startupProbe, livenessProbe, readinessProbe } = container;
  const all = [startupProbe, livenessProbe, readinessProbe].filter((probe) => probe !== undefined);
  expect(startupProbe ? patience(startupProbe) : 900).toBeGreaterThanOrEqual(900);
  expect(livenessProbe ? patience(livenessProbe) : 300).toBeGreaterThanOrEqual(300);
  // A command has to be started first.
  expect(all.filter(({ exec, timeoutSeconds = 1 }) => exec || timeoutSeconds < 10)).toEqual([]);
});

// They ran for six seconds, ended, and ran again: `coped up` looked at the right moment, and said that all was ready.
test('what no probe asks does not count as ready before it has run for a while', () => {
  const unasked = manifestsOf(example).filter(
    ({ kind, spec }) =>
      kind === 'Deployment' &&
      !spec.template.spec.containers.some(({ readinessProbe }: ContainerSpec) => readinessProbe),
  );
  expect(unasked.map(({ metadata, spec }) => [metadata.name, spec.minReadySeconds])).toEqual([
    ['worker', 30],
    ['beat', 30],
  ]);
});
