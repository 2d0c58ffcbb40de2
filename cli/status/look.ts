import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { manifestsOf } from '../manifests';
import { autoscalers } from './autoscalers';
import { backup } from './backup';
import { certificates } from './certificates';
import { components } from './components';
import { disks } from './disks';
import { type Facts, factsOf } from './facts';
import { jobs } from './jobs';
import { migrations } from './migrations';
import { type Concern, type Status, together } from './status';

/** Looks at everything at once, and changes nothing. */
export async function look(kubectl: Kubectl, environment: Environment, now: Date): Promise<Status> {
  // The cluster is asked while the sources are read.
  const asked = factsOf(kubectl);
  const expected = manifestsOf(environment);
  const { name } = environment;
  const [facts, certified, space, migrated] = await Promise.all([
    asked,
    certificates(kubectl, environment, now),
    disks(kubectl, expected, name),
    asked.then((facts) => migrations(kubectl, facts, name)),
  ]);
  const scene = { environment: name, kubectl, events: facts.events };
  const running = components(expected, facts, scene, now);
  const dumped = backup(expected, facts, name, now);
  const scaled = autoscalers(facts, name);
  const deployed = running.components.some(({ kind, component }) => facts.find(kind, component));
  const ingress = { problems: missingIngress(environment, facts), warnings: [] };
  const all = deployed
    ? together([running, jobs(expected, facts, scene), ingress, migrated, certified, dumped, space, scaled])
    : { problems: [absent(environment)], warnings: [] };
  return {
    environment: name,
    context: kubectl.context,
    namespace: kubectl.namespace ?? '',
    deployed,
    fine: all.problems.length === 0,
    components: deployed ? running.components : [],
    makesBackups: dumped.makesBackups,
    lastBackup: dumped.lastBackup,
    pendingMigrations: migrated.pendingMigrations,
    certificates: certified.certificates,
    disks: space.disks,
    autoscalers: scaled.autoscalers,
    ...all,
  };
}

const absent = ({ name, kind }: Environment): Concern => ({
  about: name,
  reason: 'is not deployed on this cluster: nothing of it is there',
  next:
    kind === 'local'
      ? `\`coped up ${name}\``
      : `\`coped deploy ${name}\`; the first time see "The first deploy" in docs/operations.md`,
});

const missingIngress = ({ name }: Environment, facts: Facts): Concern[] =>
  facts.of('Ingress').length > 0
    ? []
    : [{ about: 'ingress', reason: 'is not there: nobody finds the site', next: `\`coped deploy ${name}\`` }];
