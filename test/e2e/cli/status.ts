import { until } from '../../../cli/cluster/waiting';
import { withoutSecret } from '../cluster/objects';
import { ready } from '../cluster/workloads';
import { model } from '../hosted/environment';
import type { Suite } from '../step';
import { coped, expectEnd } from './program/in-process';

/** Seconds until a fault shows. */
const SHOWS = 90;
/** Seconds until what was fixed serves again. */
const FIXED = 180;
/** Days that the suite's certificates are not good for. */
const LATER = 30;

const { environment, namespace } = model;
const words = ['status', environment.name];

/** `coped status` of an environment that is fine, and of one that is not. */
export async function status(suite: Suite): Promise<void> {
  const { report } = suite;
  const scope = suite.kubectl.in(namespace);
  await report.check('a healthy environment is fine', async () => {
    const { code, output, errors } = await coped([...words, '--json']);
    const { fine, components, pendingMigrations, problems } = JSON.parse(output);
    if (code !== 0 || !fine || pendingMigrations?.length !== 0)
      throw new Error(JSON.stringify(problems) + errors);
    return `${components.length} components`;
  });
  await report.check('expired certificates are named', async () => {
    const now = new Date(Date.now() + LATER * 86_400_000);
    return expectEnd(await coped(words, { now }), 1, /Secret\/ingress-tls: its certificate expired/);
  });
  await report.check('a certificate that was deleted is named', async () => {
    return withoutSecret(scope, 'ingress-tls', async () =>
      expectEnd(await coped(words), 1, /Secret\/ingress-tls: is missing/),
    );
  });
}

export async function statusFaults(suite: Suite): Promise<void> {
  const { report } = suite;
  const scope = suite.kubectl.in(namespace);
  await report.check(
    'a crash-looping pod and an image that cannot be pulled are named, with the reason',
    async () => {
      await scope.run(patched('dashboards', { command: ['sh', '-c', 'exit 3'] }));
      await scope.run(patched('api', { image: 'docker.io/coped/django:0.0.0-none' }));
      const reasons = [
        /dashboards ends with exit code 3/,
        /api.*the image docker.io\/coped\/django:0.0.0-none cannot be pulled/,
      ];
      await shows(suite, words, reasons);
      await scope.run(['rollout', 'undo', 'deployment/dashboards', 'deployment/api']);
      return ready(report, scope, ['Deployment/dashboards', 'Deployment/api'], FIXED);
    },
  );
  await report.check('a Secret that was deleted is named as soon as a pod needs it', async () => {
    await withoutSecret(scope, 'django', async () => {
      await scope.run(['rollout', 'restart', 'deployment/api']);
      await shows(suite, words, [/api.*the Secret django is missing/, /coped secrets/]);
    });
    // The stuck pod would start by itself, but kubelet takes its time to look again.
    await scope.run(['rollout', 'undo', 'deployment/api']);
    return ready(report, scope, ['Deployment/api'], FIXED);
  });
  await report.check('after all that it is fine again', async () =>
    expectEnd(await coped(words), 0, /is fine/),
  );
}

/** Waits until status says all of it, with exit code 1. */
async function shows({ report }: Suite, words: readonly string[], said: readonly RegExp[]): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const { code, output } = await coped(words);
    const open = said.filter((pattern) => !pattern.test(output));
    return code === 1 && open.length === 0
      ? undefined
      : `exit code ${code}, not yet printed: ${open.join(' ')}`;
  };
  await until(report, 'the fault to show', missing, { within: SHOWS });
}

/** Arguments that change the main container of a Deployment. */
function patched(name: string, change: object): string[] {
  const patch = { spec: { template: { spec: { containers: [{ name, ...change }] } } } };
  return ['patch', 'deployment', name, '--patch', JSON.stringify(patch)];
}
