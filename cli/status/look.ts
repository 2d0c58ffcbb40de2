import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { leaving } from '../cluster/namespace-deletion';
import { applying } from '../cluster/rollout/advice';
import { lastLogLines } from '../cluster/rollout/logs';
import { manifestsOf } from '../dist/manifests';
import { autoscalers } from './autoscalers';
import { backup } from './backup';
import { certificates } from './certificates';
import { components } from './components';
import { disks } from './disks';
import { dns } from './dns';
import { type Facts, factsOf } from './facts';
import { jobs } from './jobs';
import { migrations } from './migrations';
import { searchIndex } from './search-index';
import { type Advice, type Concern, problem, type Status, warning } from './status';

/** Looks at everything at once, and changes nothing. */
export async function look(kubectl: Kubectl, environment: Environment, now: Date): Promise<Status> {
  // The cluster is asked while the sources are read.
  const asked = factsOf(kubectl);
  // An answer about the namespace may be missing; if the cluster does not answer at all, the facts say so.
  const going = leaving(kubectl, now).catch(() => undefined);
  const expected = manifestsOf(environment);
  const { name, kind } = environment;
  const [facts, certified, space, [migrated, indexed], named, gone] = await Promise.all([
    asked,
    certificates(kubectl, environment, now),
    disks(kubectl, expected),
    // One after the other: both start Django in a pod of web, which has room for one of them.
    asked.then(
      async (facts) =>
        [
          await migrations(kubectl, facts, environment),
          await searchIndex(kubectl, facts, environment),
        ] as const,
    ),
    dns(kubectl, environment),
    going,
  ]);
  const logs = await lastLogLines(kubectl, facts.of('Pod'), now);
  const scene = { environment: name, kind, kubectl, events: facts.events, logs };
  const running = components(expected, facts, scene, now);
  const dumped = backup(expected, facts, name, now);
  const scaled = autoscalers(facts, name);
  const found = running.components.some(({ kind, component }) => facts.find(kind, component));
  const deployed = !gone && (found || running.components.some(({ ready }) => ready === null));
  const concerns = deployed
    ? [
        ...named,
        ...unread(kubectl, facts),
        ...running.concerns,
        ...jobs(expected, facts, scene),
        ...missingIngress(environment, facts),
        ...[migrated, indexed, certified, dumped, space, scaled].flatMap((part) => part.concerns),
      ]
    : [gone ? problem(name, gone) : absent(environment)];
  const advice = (level: Concern['level']): Advice[] =>
    concerns
      .filter((concern) => concern.level === level)
      .map(({ about, reason, next }) => ({ about, reason, next }));
  const problems = advice('problem');
  return {
    environment: name,
    context: kubectl.context,
    namespace: kubectl.namespace ?? '',
    deployed,
    fine: problems.length === 0,
    components: deployed ? running.components : [],
    makesBackups: dumped.makesBackups,
    lastBackup: dumped.lastBackup,
    pendingMigrations: migrated.pendingMigrations,
    certificates: certified.certificates,
    disks: space.disks,
    searchIndex: indexed.searchIndex,
    unread: [...facts.unread.keys()],
    autoscalers: scaled.autoscalers,
    problems,
    warnings: advice('warning'),
  };
}

const absent = ({ name, kind }: Environment): Concern =>
  problem(name, {
    reason: 'is not deployed on this cluster: nothing of it is there',
    next:
      kind === 'local'
        ? `\`npx coped up ${name}\``
        : `\`npx coped deploy ${name}\`; the first time see docs/deploy.md#the-first-deploy`,
  });

const missingIngress = ({ name, kind }: Environment, facts: Facts): Concern[] => {
  if (facts.of('Ingress').length > 0 || facts.unread.has('Ingress')) return [];
  const next = `\`${applying({ environment: name, kind })}\``;
  return [problem('ingress', { reason: 'is missing: the site is not reachable', next })];
};

/** What could not be read is said by name: whether it is there is not known. Without events, only the reasons are fewer. */
const unread = (kubectl: Kubectl, facts: Facts): Concern[] =>
  [...facts.unread].map(([kind, why]) =>
    (kind === 'Event' ? warning : problem)(`${kind}${kind.endsWith('s') ? 'es' : 's'}`, {
      reason: `could not be read, so nothing is known of them: ${why}`,
      next: /forbidden/i.test(why)
        ? 'You may not list them: ask the administrators of the cluster'
        : `The cluster may be starting: run it again in a moment; \`${kubectl.typed('get', kind.toLowerCase())}\``,
    }),
  );
