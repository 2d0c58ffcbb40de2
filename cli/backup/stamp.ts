/** A moment as it may stand in names of Kubernetes and of PostgreSQL: `20260102t030405`, UTC. */
export const stamp = (now: Date): string =>
  now.toISOString().replace(/\..*/, '').replaceAll(/[-:]/g, '').toLowerCase();

/** What such a name says. */
export function stampIn(name: string): Date | undefined {
  const [, year, month, day, time] = /(\d{4})(\d{2})(\d{2})t(\d{6})z?(?=\.|$)/i.exec(name) ?? [];
  if (!year || !time) return undefined;
  const date = new Date(`${year}-${month}-${day}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
