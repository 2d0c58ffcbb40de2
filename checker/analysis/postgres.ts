import type { Manifest } from '../manifests/manifest';
import { type Container, containers, once, type Workload, workloads } from '../manifests/workloads';
import { configFiles } from './config-files';

/** A PostgreSQL server, and what it is told. */
export interface PostgresServer {
  readonly workload: Workload;
  readonly container: Container;
  /** The value of a setting: from the arguments, else from a configuration file, else PostgreSQL's own. */
  readonly setting: (name: keyof typeof DEFAULTS) => string;
}

/** @see https://www.postgresql.org/docs/17/runtime-config.html */
const DEFAULTS = {
  max_connections: '100',
  superuser_reserved_connections: '3',
  reserved_connections: '0',
  shared_buffers: '128MB',
  work_mem: '4MB',
} as const;

/** Every container that serves PostgreSQL, by the name of its image. */
export const postgresServers = once((manifests: readonly Manifest[]): readonly PostgresServer[] =>
  workloads(manifests)
    .filter(({ serves }) => serves)
    .flatMap((workload) =>
      containers(workload)
        .filter(({ init, spec }) => !init && IMAGE.test(spec.image ?? ''))
        .map((container) => {
          const { command, args } = container.spec;
          const settings = new Map([
            ...configFiles(workload, '.conf', manifests).flatMap(({ text }) => pairs(text, LINE)),
            ...pairs([...(command ?? []), ...(args ?? [])].join(' '), ARGUMENT),
          ]);
          return {
            workload,
            container,
            setting: (name: keyof typeof DEFAULTS) => settings.get(name) ?? DEFAULTS[name],
          };
        }),
    ),
);

const IMAGE = /(^|\/)(postgres|postgresql|postgis)([:@]|$)/;

/** `-c name=value`, `--name=value`. */
const ARGUMENT = /(?:^|\s)(?:-c\s*|--)([a-z_-]+)=(\S+)/g;
/** `name = value`, as in postgresql.conf. */
const LINE = /^\s*([a-z_]+)\s*(?:=|\s)\s*'?([^\s'#]+)/gm;

const pairs = (text: string, pattern: RegExp): [string, string][] =>
  [...text.matchAll(pattern)].map(([, name = '', value = '']) => [name.replaceAll('-', '_'), value]);
