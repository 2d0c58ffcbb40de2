import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { type Consent, confirm } from '../terminal/confirm';
import { CliError } from '../terminal/errors';
import type { World } from '../world';
import { carryOut, type Deployed } from './carry-out';
import { waitForHealth } from './health';
import { refuseIfHeld, type Waiting, withLease } from './lease';
import { lookSafely } from './look-safely';
import type { Release } from './release';
import { requireSecrets } from './secrets-exist';
import { forScripts, refuseImpossible, told } from './show';
import type { View } from './view';

export interface Deploying extends Consent, Waiting {
  /** The plan is for people and goes to standard error; the result is for a script. */
  readonly json?: boolean;
}

/** How often it starts over because somebody else has changed the cluster meanwhile. */
const TRIES = 3;

/**
 * Deploys a release: what it needs is there, what it does is agreed to, nobody else is at it, all is applied and healthy.
 * Stops at the first of these that fails.
 */
export async function deploy(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  release: Release,
  options: Deploying = {},
): Promise<void> {
  const { terminal, now } = world;
  if (!options.wait) await refuseIfHeld(kubectl, now());
  await requireSecrets(world, kubectl, environment, release.manifests);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const view = await terminal.step('Comparing with the cluster', () =>
      lookSafely(kubectl, environment, release),
    );
    const plan = told(world, view, release);
    if (options.json) terminal.say(plan);
    else terminal.print(plan);
    refuseImpossible(view);
    if (view.settled) return unchanged(world, kubectl, environment, release, view, options);
    await confirm(world, environment, options, whatHappens(view, release));
    await haveNamespace(kubectl, environment, release);
    const deployed = await withLease(world, kubectl, options, async (lease) => {
      const again = await lookSafely(kubectl, environment, release);
      return again.fingerprint === view.fingerprint
        ? carryOut(world, kubectl, environment, release, again, lease)
        : undefined;
    });
    if (deployed) return done(world, environment, release, view, deployed, options);
    terminal.say('Somebody has changed the cluster since you looked. This is what would be done now:');
  }
  throw new CliError(
    'the cluster changes faster than one can look at it',
    'See who is at work there; nothing was applied',
  );
}

function whatHappens({ plan }: View, { origin, restores }: Release): string {
  const what =
    restores === undefined
      ? 'the release above is deployed'
      : `${origin} is deployed again; the database's schema stays as it is`;
  return plan.parts.length > 0 ? what : `${what}; no object changes`;
}

/** The Lease lives in it. */
async function haveNamespace(kubectl: Kubectl, { name }: Environment, { manifests }: Release): Promise<void> {
  const namespace = manifests.find(({ kind }) => kind === 'Namespace');
  if (!namespace || (await kubectl.exists('namespace', namespace.metadata.name))) return;
  const { code, stderr } = await kubectl.attempt(['create', '--save-config', '--filename=-'], {
    input: JSON.stringify(namespace),
  });
  if (code !== 0 && !/AlreadyExists/.test(stderr)) {
    throw new CliError(
      `the namespace of ${name} cannot be made: ${stderr.trim()}`,
      'Ask the administrators of the cluster for it',
    );
  }
}

async function unchanged(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  release: Release,
  view: View,
  options: Deploying,
): Promise<void> {
  const number = view.records.at(-1)?.number ?? 0;
  const { waiting } = await waitForHealth(world, kubectl, release.manifests, {
    environment: environment.name,
  });
  done(world, environment, release, view, { number, waiting }, options);
}

function done(
  { terminal }: World,
  { name, ...environment }: Environment,
  release: Release,
  view: View,
  { number, waiting }: Deployed,
  { json = false }: Deploying,
): void {
  const mark = terminal.paint('green', '✔');
  terminal.say(
    view.settled ? `${mark} Release ${number} is deployed already` : `${mark} Release ${number} is deployed`,
  );
  if (waiting.length > 0) {
    terminal.say(
      `${terminal.paint(
        'yellow',
        `! New pods of ${waiting.map((one) => one.replace(/.*\//, '')).join(' and ')} wait for the migration; old ones, where there are any, go on serving.`,
      )}\n  Run it: \`npx coped migrate ${name}\``,
    );
  }
  if (release.restores !== undefined) {
    if (view.settled) {
      terminal.say(`To go further back, say how far: \`npx coped deploy ${name} --rollback <release>\``);
    }
    terminal.say(
      'The database\'s schema was not rolled back: what runs now has to live with it (docs/operations.md, "Roll back").',
    );
  }
  if (json) {
    const plan = forScripts({ name, ...environment } as Environment, view, release);
    terminal.print(
      JSON.stringify(
        { ...plan, release: number, status: view.settled ? 'unchanged' : 'deployed', waiting },
        undefined,
        2,
      ),
    );
  }
}
