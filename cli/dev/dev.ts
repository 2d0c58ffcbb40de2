import { join } from 'node:path';
import type { Environment } from '../../lib/environments/environment';
import { clusterOf, environmentNamed } from '../cluster/environment';
import { addressesOf } from '../laptop/addresses';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { copiedComponents } from './pods';
import { Development } from './session';
import { sourcesIn } from './sources';

export interface DevOptions {
  readonly context?: string;
  readonly logs: boolean;
}

const ROOT = join(__dirname, '..', '..');

/** Serves what is saved here, until ctrl-C. */
export async function dev(
  world: World,
  name: string,
  { context, logs }: DevOptions,
  root = ROOT,
): Promise<void> {
  const { terminal } = world;
  const environment = editable(world, name);
  const kubectl = await clusterOf(world, environment, context);
  const copied = await copiedComponents(kubectl, environment.name, sourcesIn(root));
  const from = [...new Set(copied.map(({ source }) => source.name))].join(' and ');
  const { addresses, tunnel } = await addressesOf(world, kubectl.context);
  terminal.say(`Every file that is saved in ${from} is served at once. Ctrl-C ends this.`);
  if (tunnel) terminal.say(`Leave this running in another terminal: ${tunnel}`);
  for (const { url, what } of addresses) terminal.say(`${url}   ${what}`);
  await new Development(world, { kubectl, environment: environment.name, root, copied, logs }).run();
  terminal.say(
    '\nStopped. The pods keep what was saved until they are replaced; `npx coped up` builds it into the images.',
  );
}

/** @throws RefusedError where code must not change */
function editable(world: World, name: string): Environment {
  const environment = environmentNamed(world, name);
  const locals = world.environments.filter(({ kind }) => kind === 'local').map((one) => one.name);
  const next = `Try it out in ${locals.join(' or ')}, then release it`;
  if (environment.kind !== 'local') {
    throw new RefusedError(`${name} runs only the code in its images`, next);
  }
  if (environment.django.reload) return environment;
  throw new RefusedError(
    `${name} runs only the code in its images, because \`django.reload\` is off`,
    `Set it in lib/environments/${name}.ts, then run \`npx coped up ${name}\``,
  );
}
