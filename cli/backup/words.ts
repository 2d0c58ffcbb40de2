const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A number of bytes for people: `1.5 GiB`. */
export function size(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const number = bytes / 1024 ** power;
  return `${number < 10 && power > 0 ? number.toFixed(1) : Math.round(number)} ${UNITS[power]}`;
}

/** A moment for people: `2026-01-02 03:04:05 UTC`. */
export const moment = (date: Date): string => date.toISOString().replace('T', ' ').replace(/\..*/, ' UTC');

/** A time as Kubernetes and PostgreSQL allow it in names: `20260102t030405`, UTC. */
export const stamp = (now: Date): string =>
  now.toISOString().replace(/\..*/, '').replaceAll(/[-:]/g, '').toLowerCase();

/** What such a name says. */
export function stampIn(name: string): Date | undefined {
  const [, year, month, day, time] = /(\d{4})(\d{2})(\d{2})t(\d{6})z?(?=\.|$)/i.exec(name) ?? [];
  if (!year || !time) return undefined;
  const date = new Date(`${year}-${month}-${day}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
