import { isA, type ObjectOf } from '../../checker/manifests/kubernetes';
import type { Manifest } from '../../checker/manifests/manifest';
import type { Kubectl } from '../cluster/kubectl';
import { type DiskStatus, type Findings, problem, warning } from './status';

/** Percent of a disk from which on it is a warning. */
const NEARLY_FULL = 80;
/** Above this, Elasticsearch stops to take documents, and PostgreSQL is hours from stopping. */
const FULL = 95;

interface Disks extends Findings {
  readonly disks: readonly DiskStatus[];
}

/** How full the servers' disks are, as the servers see them; those that cannot be asked are left out. */
export async function disks(kubectl: Kubectl, expected: readonly Manifest[]): Promise<Disks> {
  const servers = expected
    .filter((one) => isA(one, 'StatefulSet'))
    .filter(({ spec }) => spec?.volumeClaimTemplates?.length);
  const looks = servers.flatMap((server) =>
    Array.from({ length: server.spec?.replicas ?? 1 }, (_, i) =>
      look(kubectl, server, `${server.metadata.name}-${i}`),
    ),
  );
  const found = (await Promise.all(looks)).filter((disk) => disk !== undefined);
  const next = 'Grow it before it is full: docs/clusters.md#grow-a-volume';
  const concerns = found
    .filter(({ usedPercent }) => usedPercent >= NEARLY_FULL)
    .map(({ pod, usedPercent }) =>
      (usedPercent >= FULL ? problem : warning)(pod, { reason: `its disk is ${usedPercent} % full`, next }),
    );
  return { disks: found, concerns };
}

async function look(
  kubectl: Kubectl,
  { spec }: ObjectOf<'StatefulSet'>,
  pod: string,
): Promise<DiskStatus | undefined> {
  const container = spec?.template?.spec?.containers?.[0];
  const claims = spec?.volumeClaimTemplates?.map(({ metadata }) => metadata?.name);
  const path = container?.volumeMounts?.find(({ name }) => claims?.includes(name))?.mountPath;
  if (!container || !path) return undefined;
  const command = ['exec', pod, `--container=${container.name}`, '--', 'df', '-Pk', path];
  const { code, stdout } = await kubectl.attempt(command, { within: 15 });
  // Filesystem, size in KiB, used, available, percent, mounted on
  const [, size, percent] = /^\S+\s+(\d+)\s+\d+\s+\d+\s+(\d+)%/m.exec(stdout) ?? [];
  if (code !== 0 || !size) return undefined;
  return { pod, usedPercent: Number(percent), bytes: Number(size) * 1024 };
}
