import type { Manifest } from '../manifests/manifest';
import { type Workload, workloads } from '../manifests/workloads';
import type { Finding } from '../problem';

/**
 * Seconds that workloads state in an annotation. Where one server does, all must: one that is left out has been
 * forgotten. In a folder where nobody does, nobody has to.
 */
export function stated(annotation: string, what: string, manifests: readonly Manifest[]) {
  const all = workloads(manifests);
  const given = ({ manifest }: Workload) => manifest.metadata.annotations?.[annotation];
  const customary = all.some((workload) => given(workload) !== undefined);
  const read = (workload: Workload): number | undefined => {
    const text = given(workload);
    return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
  };
  const wrong: Finding[] = all
    .filter((workload) => (customary && workload.serves) || given(workload) !== undefined)
    .filter((workload) => read(workload) === undefined)
    .map((workload) => ({
      where: `${workload.name} metadata.annotations[${annotation}]`,
      value: given(workload),
      wrong: given(workload) === undefined ? 'is missing' : 'is not a number of seconds',
      remedy: `State the seconds of its ${what}, as a whole number in quotes`,
    }));
  return { read, wrong };
}
