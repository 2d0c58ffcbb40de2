import type { Json } from '../../../checker/manifests/manifest';
import { filesOf } from '../../../lib/output/files';
import { localIngressController } from '../../../local/traefik';
import { environments, manifestsOf } from '../../support';

/** Every server's container, wherever it runs. */
const servers: [string, Json][] = [
  ...environments.map((environment) => [environment.name, manifestsOf(environment)] as const),
  ['local', filesOf(localIngressController()).flatMap(({ manifests }) => [...manifests])] as const,
].flatMap(([where, manifests]) =>
  manifests
    .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
    .flatMap(({ metadata, spec }) =>
      spec.template.spec.containers.map((container: Json): [string, Json] => [
        `${where} ${metadata.name} ${container.name}`,
        container,
      ]),
    ),
);
const patience = ({ failureThreshold, periodSeconds }: Json): number => failureThreshold * periodSeconds;

// On a laptop where everything starts at once, with the CPU of a quarter of one, each of these was restarted in the middle
// of a good start.
describe.each(servers)('%s is never restarted because it is slow', (_, container) => {
  const { startupProbe, livenessProbe, readinessProbe } = container;
  const all: Json[] = [startupProbe, livenessProbe, readinessProbe].filter(Boolean);

  test('has a quarter of an hour to start', () => {
    expect(startupProbe ? patience(startupProbe) : 900).toBeGreaterThanOrEqual(900);
  });

  test('may be silent for five minutes', () => {
    expect(livenessProbe ? patience(livenessProbe) : 300).toBeGreaterThanOrEqual(300);
  });

  test('is not asked by a command, which has to be started first', () => {
    expect(all.filter(({ exec }) => exec)).toEqual([]);
  });

  test('has ten seconds for an answer', () => {
    expect(all.filter(({ timeoutSeconds = 1 }) => timeoutSeconds < 10)).toEqual([]);
  });
});
