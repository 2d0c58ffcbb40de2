import type { Manifest } from '../../../manifest';
import type { Suite } from '../../step';
import { expectEnd } from '../program/in-process';
import type { Trial } from './trial';

export async function checkFailures({ report }: Suite, trial: Trial): Promise<void> {
  const { environment, model } = trial;
  const missing = {
    ...environment,
    images: { ...environment.images, django: 'docker.io/coped/django:0.0.0-none' },
  };
  await report.check('an image that cannot be pulled: the cause, and the way back', async () =>
    expectEnd(
      await trial.deploy({ environment: missing }),
      1,
      /the image docker.io\/coped\/django:0.0.0-none cannot be pulled/,
      /coped deploy \S+ --rollback/,
    ),
  );
  await report.check('--rollback', async () =>
    expectEnd(await trial.deploy({}, '--rollback'), 0, /is deployed/),
  );
  await report.check('a program that crashes again and again: its last words', async () => {
    const command = ['sh', '-c', 'echo out of luck; exit 3'];
    return expectEnd(
      await trial.release(model.manifests.map(crashing(command))),
      1,
      /exit code 3/,
      /out of luck/,
    );
  });
  await report.check('a database that cannot start is let go of, and comes back with its data', async () => {
    expectEnd(await trial.release(model.manifests.map(withoutImage)), 1, /postgres.*cannot be pulled/);
    return expectEnd(await trial.deploy({}, '--rollback'), 0, /is deployed/);
  });
  await report.check('after all that nothing is left to do', async () => expectEnd(await trial.deploy(), 0));
}

type Container = { image: string };
const crashing = (command: readonly string[]) => changed('Deployment', 'dashboards', () => ({ command }));
/** Of the same major version: a deploy refuses another, before it asks for any image. */
const withoutImage = (manifest: Manifest): Manifest =>
  changed('StatefulSet', 'postgres', ({ image }) => ({ image: `${image.split('@')[0]}-none` }))(manifest);

/** With something else in the first container of one workload. */
const changed =
  (kind: string, name: string, change: (container: Container) => object) =>
  (manifest: Manifest): Manifest => {
    if (manifest.kind !== kind || manifest.metadata.name !== name) return manifest;
    const { template } = manifest.spec;
    const [first, ...others] = template.spec.containers;
    const spec = { ...template.spec, containers: [{ ...first, ...change(first) }, ...others] };
    return { ...manifest, spec: { ...manifest.spec, template: { ...template, spec } } };
  };
