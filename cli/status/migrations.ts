import { manage } from '../../lib/applications/django';
import { started } from '../../lib/components/django/scripts/scripts';
import type { Environment } from '../../lib/environments/environment';
import { mainOf } from '../cluster/api-object';
import type { Kubectl } from '../cluster/kubectl';
import { GATE } from '../cluster/rollout/pods';
import { plannedIn } from '../migrate/plan';
import { type Facts, newestServing, podsOf } from './facts';
import { type Findings, problem } from './status';

interface Migrations extends Findings {
  readonly pendingMigrations: readonly string[] | null;
}

const UNKNOWN: Migrations = { concerns: [], pendingMigrations: null };

/** What the tables lack, asked of the newest release's pods: those of the release before know of nothing newer. */
export async function migrations(
  kubectl: Kubectl,
  facts: Facts,
  { name, kind, application }: Environment,
): Promise<Migrations> {
  const place = whereToAsk(facts);
  if (!place) return UNKNOWN;
  const plan = started(manage('migrate', '--plan'), application);
  const command = ['exec', place.pod, `--container=${place.container}`, '--', ...plan];
  const { code, stdout } = await kubectl.attempt(command, { within: 30 });
  const planned = code === 0 ? plannedIn(stdout) : undefined;
  if (!planned) return UNKNOWN;
  const names = planned.map((one) => one.name);
  const reason = names.length === 1 ? '1 migration is pending' : `${names.length} migrations are pending`;
  const next =
    kind === 'local'
      ? `web migrates when it starts: \`${kubectl.typed('rollout', 'restart', 'deployment/web')}\``
      : `\`npx coped migrate ${name} --plan\`, then without --plan`;
  return {
    pendingMigrations: names,
    concerns: names.length > 0 ? [problem('tables', { reason, next })] : [],
  };
}

/** A pod of the newest release; first one whose init container waits for the tables, which knows best what they lack. */
function whereToAsk(facts: Facts): { pod: string; container: string } | undefined {
  const web = facts.find('Deployment', 'web');
  if (!web) return undefined;
  const pods = podsOf(facts, web);
  const waiting = pods.find(({ status }) =>
    status?.initContainerStatuses?.some((c) => c.name === GATE && c.state?.running),
  );
  if (waiting) return { pod: waiting.metadata.name, container: GATE };
  const newest = newestServing(pods);
  return newest && { pod: newest.metadata.name, container: mainOf(newest).name ?? '' };
}
