import { backup } from './backup/backup';
import type { AnyComponent } from './component';
import { dashboards } from './dashboards';
import { api } from './django/api';
import { beat } from './django/beat';
import { command, commands } from './django/commands';
import { django } from './django/django';
import { migrate } from './django/migrate';
import { web } from './django/web';
import { worker } from './django/worker';
import { elasticsearchBootstrap } from './elasticsearch/bootstrap';
import { elasticsearchCertificate } from './elasticsearch/certificate';
import { elasticsearch } from './elasticsearch/elasticsearch';
import { ingressCertificate } from './ingress/certificate';
import { ingress } from './ingress/ingress';
import { metabase } from './metabase/metabase';
import { postgresBootstrap } from './postgres/bootstrap';
import { postgres } from './postgres/postgres';
import { redis } from './redis/redis';
import { staticFiles } from './static/static';

/** Everything that COPED consists of, in the order in which it is built: a component comes after those that it uses. */
export const components = [
  postgres,
  postgresBootstrap,
  elasticsearchCertificate,
  elasticsearch,
  elasticsearchBootstrap,
  redis,
  metabase,
  django,
  web,
  api,
  worker,
  beat,
  dashboards,
  staticFiles,
  ingressCertificate,
  ingress,
  migrate,
  commands,
  command,
  backup,
] as const;

type Component = (typeof components)[number];

/** The components that an environment has: those without settings always, those with settings where it gives some. */
export const componentsIn = (environment: object): readonly AnyComponent[] => {
  const given = new Map<string, unknown>(Object.entries(environment));
  return components.filter(
    ({ name, settings, partOf = name }: AnyComponent) =>
      (settings === undefined && partOf === name) || given.get(partOf) !== undefined,
  );
};

/** A component that has pods. */
export type ComponentName = Exclude<Component, { readonly configuration: true }>['name'];

/** Those that have pods, by name: they have network policies. */
export const componentNames: readonly ComponentName[] = components.flatMap(({ name, configuration }) =>
  configuration ? [] : [name],
) as ComponentName[];
