import { refuseIfHeld, type Waiting, withLease } from '../cluster/lease/lease';
import { watchRollout } from '../cluster/rollout/watch';
import { isAwaited, nameOf } from '../cluster/rollout/workloads';
import type { Site } from '../cluster/site';
import type { Release } from '../release/release';
import { asText, forScripts, refuseImpossible } from '../release/summary';
import { type View, viewOf } from '../release/view';
import { type Consent, confirm } from '../terminal/confirm';
import { CliError } from '../terminal/errors';
import { applyRelease, type Deployed } from './apply-release';
import { requireSecrets } from './required-secrets';

export interface Deploying extends Consent, Waiting {
  /** The plan goes to standard error, and the result to standard output, for a script. */
  readonly json?: boolean;
}

/** How often it starts over because the cluster has changed meanwhile. */
const TRIES = 3;

/**
 * Deploys a release: its secrets exist, its plan is confirmed, no other deploy runs, everything is applied and ready. Stops at the
 * first of these that fails.
 */
export async function deploy(site: Site, release: Release, options: Deploying = {}): Promise<void> {
  const { world, kubectl, environment } = site;
  const { terminal, now } = world;
  if (!options.wait) await refuseIfHeld(kubectl, now());
  await requireSecrets(site, release.manifests);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const view = await terminal.step('Comparing with the cluster', () => viewOf(site, release));
    const plan = asText(world, view, release);
    if (options.json) terminal.say(plan);
    else terminal.print(plan);
    refuseImpossible(view);
    if (view.settled) {
      const number = view.records.at(-1)?.number ?? 0;
      const workloads = release.manifests.filter(isAwaited).map(nameOf);
      const { waiting } = await watchRollout(world, kubectl, { environment, workloads });
      return report(site, release, view, { number, waiting }, options);
    }
    await confirm(world, environment, options, whatHappens(view, release));
    await ensureNamespace(site, release);
    const deployed = await withLease(world, kubectl, options, async (lease) => {
      const again = await viewOf(site, release);
      return again.fingerprint === view.fingerprint ? applyRelease(site, release, again, lease) : undefined;
    });
    if (deployed) return report(site, release, view, deployed, options);
    terminal.say('The cluster has changed since the plan was made. This is the plan now:');
  }
  throw new CliError(
    'the cluster keeps changing while it is compared',
    'Find out who else is working on it; nothing was applied',
  );
}

function whatHappens({ plan }: View, { origin, restores }: Release): string {
  const what =
    restores === undefined
      ? 'the release above is deployed'
      : `${origin} is deployed again; the database's schema stays as it is`;
  return plan.parts.length > 0 ? what : `${what}; no object changes`;
}

/** The Lease is in it. */
async function ensureNamespace({ kubectl, environment }: Site, { manifests }: Release): Promise<void> {
  const namespace = manifests.find(({ kind }) => kind === 'Namespace');
  if (!namespace || (await kubectl.exists('namespace', namespace.metadata.name))) return;
  const { code, stderr } = await kubectl.attempt(['create', '--save-config', '--filename=-'], {
    input: JSON.stringify(namespace),
  });
  if (code !== 0 && !/AlreadyExists/.test(stderr)) {
    throw new CliError(
      `the namespace of ${environment.name} cannot be created: ${stderr.trim()}`,
      'Request it from the administrators of the cluster',
    );
  }
}

function report(
  { world: { terminal }, environment }: Site,
  release: Release,
  view: View,
  { number, waiting }: Deployed,
  { json = false }: Deploying,
): void {
  const { name } = environment;
  const already = view.settled ? ' already' : '';
  terminal.say(`${terminal.paint('green', '✔')} Release ${number} is deployed${already}`);
  if (waiting.length > 0) {
    const names = waiting.map((one) => one.replace(/.*\//, '')).join(' and ');
    const state = `! New pods of ${names} wait for the migration; old pods, if there are any, keep serving.`;
    terminal.say(`${terminal.paint('yellow', state)}\n  Run it: \`npx coped migrate ${name}\``);
  }
  if (release.restores !== undefined) {
    if (view.settled) {
      terminal.say(`To go further back, name the release: \`npx coped deploy ${name} --rollback <release>\``);
    }
    terminal.say(
      "The database's schema was not rolled back: this release has to work with it (docs/deploy.md#roll-back).",
    );
  }
  if (json) {
    const status = view.settled ? 'unchanged' : 'deployed';
    const result = { ...forScripts(environment, view, release), release: number, status, waiting };
    terminal.print(JSON.stringify(result, undefined, 2));
  }
}
