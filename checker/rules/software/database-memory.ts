import { quantity } from '../../../formats/quantity';
import { type PostgresServer, postgresServers } from '../../analysis/postgres';
import type { Finding } from '../../problem';
import { rule } from '../../rule';

const MEBIBYTE = 2 ** 20;

export const databaseMemory = rule({
  id: 'database-memory',
  what: 'PostgreSQL is told to use more memory than its container has.',
  why: "It plans with what it is told; the kernel counts, and kills it in the middle of other people's transactions. It also relies on the cache of files, which counts as well.",
  remedy:
    'Keep shared_buffers below 40 % of the memory limit, and shared_buffers + max_connections × work_mem below the limit.',
  link: 'https://www.postgresql.org/docs/17/runtime-config-resource.html#RUNTIME-CONFIG-RESOURCE-MEMORY',
  find: ({ manifests }) =>
    postgresServers(manifests).flatMap((server) => [...buffers(server), ...sorts(server)]),
});

const limitOf = ({ container }: PostgresServer): number =>
  quantity(container.spec.resources?.limits?.memory) ?? Number.POSITIVE_INFINITY;

function buffers(server: PostgresServer): Finding[] {
  const value = server.setting('shared_buffers');
  const most = limitOf(server) * 0.4;
  if (bytes(value, 8192) <= most) return [];
  return [
    {
      where: `${server.container.path} shared_buffers`,
      value,
      wrong: `is more than 40 % of the memory limit, ${server.container.spec.resources.limits.memory}`,
      remedy: `Use at most ${Math.floor(most / MEBIBYTE)}MB, better a quarter of the limit`,
    },
  ];
}

/** Every connection may sort at once, and each sort may take work_mem. */
function sorts(server: PostgresServer): Finding[] {
  const { setting, container } = server;
  const connections = Number(setting('max_connections'));
  const needed = bytes(setting('shared_buffers'), 8192) + connections * bytes(setting('work_mem'), 1024);
  if (needed <= limitOf(server)) return [];
  return [
    {
      where: `${container.path} max_connections`,
      value: setting('max_connections'),
      wrong: `times work_mem ${setting('work_mem')} and shared_buffers ${setting('shared_buffers')} are ${Math.ceil(needed / MEBIBYTE)}Mi, more than the memory limit, ${container.spec.resources.limits.memory}`,
      remedy: 'Lower one of them, or raise the limit',
    },
  ];
}

const UNITS: Readonly<Record<string, number>> = { B: 0, kB: 10, MB: 20, GB: 30, TB: 40 };

/** `256MB` in bytes; without a unit a number counts in the unit of its setting. What cannot be read is nothing. */
function bytes(text: string, unit: number): number {
  const [, digits, name] = /^(\d+)([kMGT]?B)?$/.exec(text) ?? [];
  return Number(digits ?? 0) * (name === undefined ? unit : 2 ** (UNITS[name] ?? 0));
}
