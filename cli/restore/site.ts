import { started } from '../../lib/components/django/scripts/scripts';
import { postgres } from '../../lib/components/postgres/postgres';
import { secretsOf } from '../../lib/components/secrets';
import { backupCronJob, CLAIM, DEADLINE, IDLE, idleTemplate } from '../backup/claim-pod';
import { runningJob } from '../backup/now';
import { type ApiObject, templateOf } from '../cluster/api-object';
import { refuseIfHeld, withLease } from '../cluster/lease/lease';
import type { Held } from '../cluster/lease/renewal';
import { oneOffPod, withPod } from '../cluster/one-off-pod';
import { PodShell } from '../cluster/pod-shell';
import type { Site } from '../cluster/site';
import { withDjangoPod } from '../manage/django-pod';
import { RefusedError } from '../terminal/errors';
import { type Databases, isFresh } from './databases';
import { reachedScript } from './scripts/scripts';

/** What a restore works with. */
export interface PostgresSite extends Site {
  /** The pod that can log in to PostgreSQL. */
  readonly shell: PodShell;
}

const RESTORE = 'restore';
const DJANGO = 'restore-django';

/** Runs something with the pod that can log in to PostgreSQL, and always removes the pod. */
export async function withPostgres(site: Site, use: (site: PostgresSite) => Promise<void>): Promise<void> {
  const { kubectl, world } = site;
  const progress = { progress: (text: string) => world.terminal.say(text), signal: world.signal };
  await withPod(kubectl, progress, restorePod(await backupCronJob(site)), async (pod) => {
    const shell = new PodShell(kubectl, pod);
    await shell.attempt(['bash', '-euc', reachedScript()], { within: 120 });
    await use({ ...site, shell });
  });
}

/**
 * A pod like the backup's, so it may talk to PostgreSQL. Besides the dumps, which it only reads, it has the passwords of the
 * superuser, who creates and renames databases, and of the owner of the tables, who fills them.
 */
function restorePod(cronJob: ApiObject): ApiObject {
  const { metadata, spec } = idleTemplate(cronJob, [CLAIM, 'tmp', 'secrets']);
  const { superuser, owner } = secretsOf(postgres);
  const sources = [file(superuser, 'superuser-password'), file(owner, 'owner-password')];
  const passwords = { name: 'secrets', projected: { defaultMode: 0o440, sources } };
  const volumes = spec?.volumes?.map((volume) => (volume.name === passwords.name ? passwords : volume));
  return oneOffPod({
    name: RESTORE,
    template: { metadata, spec: { ...spec, volumes } },
    labels: metadata?.labels,
    command: IDLE,
    deadline: DEADLINE,
  });
}

const file = ({ secret, key }: { secret: string; key: string }, path: string) => ({
  secret: { name: secret, items: [{ key, path }] },
});

/** What only one command at a time may change: the lease, the databases, and a pod like the migration's. */
export interface Exclusive {
  readonly lease: Held;
  readonly databases: Databases;
  readonly django: PodShell;
}

/** Runs something under the lease, when leftovers of earlier restores are removed. */
export const exclusively = (
  site: PostgresSite,
  databases: Databases,
  use: (work: Exclusive) => Promise<void>,
): Promise<void> =>
  withLease(site.world, site.kubectl, {}, async (lease) => {
    await removeLeftovers(site, databases);
    await withOwner(site, DJANGO, (pod) => use({ lease, databases, django: djangoShell(site, pod) }));
  });

/** Runs something with a pod like the migration's: it has the rights of the tables' owner. */
export async function withOwner(
  site: Site,
  name: string,
  use: (pod: string) => Promise<unknown>,
): Promise<void> {
  const template = templateOf(await site.kubectl.get('cronjob', 'migrate'));
  const pod = { name, template, labels: template.metadata?.labels, deadline: DEADLINE };
  await withDjangoPod(site, pod, use);
}

/**
 * A dump that is being written would be cut off, and a migration or command would go on in a database that is no longer live.
 * @throws RefusedError
 */
export async function refuseWhileInUse({ kubectl, world }: Site): Promise<void> {
  await refuseIfHeld(kubectl, world.now());
  for (const component of ['backup', 'migrate', 'command']) {
    const job = await runningJob(kubectl, component);
    if (!job) continue;
    throw new RefusedError(
      `Job ${job} uses the database right now`,
      `Wait for it: \`${kubectl.typed('logs', '--follow', `job/${job}`)}\``,
    );
  }
}

/** Removes what is left of a restore whose machine was switched off. Requires the lease: it may belong to a running one. */
async function removeLeftovers({ world, kubectl, shell }: PostgresSite, databases: Databases): Promise<void> {
  for (const { name } of await databases.list()) {
    if (!isFresh(name)) continue;
    world.terminal.say(`An earlier restore was cut short: removing its database ${name}`);
    await databases.drop(name);
  }
  const selector = `--selector=coped.org/one-off in (${RESTORE}, ${DJANGO})`;
  const pods = await kubectl.list('pods', selector);
  for (const { metadata } of pods) {
    if (metadata.name === shell.pod || metadata.deletionTimestamp) continue;
    world.terminal.say(`An earlier restore was cut short: removing its pod ${metadata.name}`);
    await kubectl.run(['delete', 'pod', metadata.name, '--ignore-not-found', '--wait=false']);
  }
}

/** Runs programs of the application as its own pods start them. */
export const djangoShell = ({ kubectl, environment }: Site, pod: string): PodShell =>
  new PodShell(kubectl, pod, (command) => started(command, environment.application));
