import type { ApiObject, Kubectl } from '../kubectl';
import { isReady } from '../readiness';
import { GATE } from './pods';
import type { Workload } from './workloads';

/** What it says when it waits for the migration, and not just for the database to start. */
const SAYS = 'run the migration';

/** Whether the pods of a workload wait for the migration and for nothing else. */
export async function waitsForMigration(kubectl: Kubectl, { lack, pods }: Workload): Promise<boolean> {
  const open = pods.filter((pod) => !isReady(pod));
  if (lack === undefined || open.length === 0 || !open.every(isAtGate)) return false;
  const logs = await Promise.all(
    open.map(({ metadata }) => kubectl.run(['logs', metadata.name, `--container=${GATE}`, '--tail=20'])),
  );
  return logs.every((log) => log.includes(SAYS));
}

const isAtGate = ({ status }: ApiObject): boolean =>
  (status?.initContainerStatuses ?? []).some(({ name, state }: ApiObject) => name === GATE && state?.running);
