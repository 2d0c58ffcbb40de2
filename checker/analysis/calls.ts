import type { ObjectOf } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { selected } from '../manifests/selected';
import { type Container, containers, ofKind, once, type Workload, workloads } from '../manifests/workloads';
import { variableReader } from './variables';

/** A container that has the address of a Service. */
export interface Call {
  readonly workload: Workload;
  readonly container: Container;
  /** The environment variable with the address. */
  readonly variable: string;
  /** The name in it: `api`, or `api.coped-production.svc`. */
  readonly host: string;
  readonly service: ObjectOf<'Service'>;
}

/**
 * Variables that hold addresses, by the ends of their names. Others may hold the same word: a user's name, or one's own
 * names in ALLOWED_HOSTS.
 */
const ADDRESS = /(?<!ALLOWED_)(HOST(NAME)?S?|UR[IL]S?|DSN|SERVERS?|ADDR(ESS)?(ES)?)$/i;

/** Every Service that a container has in its environment variables. */
export const calls = once((manifests: readonly Manifest[]): readonly Call[] => {
  const services = new Map(ofKind(manifests, 'Service').map((service) => [service.metadata.name, service]));
  const variablesOf = variableReader(manifests);
  return workloads(manifests).flatMap((workload) =>
    containers(workload).flatMap((container) =>
      [...variablesOf(container.spec)]
        .filter(([variable]) => ADDRESS.test(variable))
        .flatMap(([variable, value]) =>
          hostsIn(value).flatMap((host) => {
            // One pod of a StatefulSet has its own name before that of the Service.
            const words = host.split('.');
            const service = named(words, services) ?? named(words.slice(1), services);
            return service ? { workload, container, variable, host, service } : [];
          }),
        ),
    ),
  );
});

/** The hosts of addresses, one or several: `postgres`, `postgres:5432`, `http://api:8000/api/`, `a:9200,b:9200`. */
const hostsIn = (value: string): string[] =>
  value
    .toLowerCase()
    .split(/[\s,]+/)
    .map((address) => address.replace(/^[a-z][a-z0-9+.-]*:\/\//, '').replace(/^[^/@]*@/, ''))
    .map((address) => address.replace(/[:/?#].*$/, ''))
    .filter((host) => host !== '');

/** `postgres`, or `postgres.namespace` and whatever DNS puts behind it; `postgres.example.org` is outside. */
function named(
  [name = '', namespace]: string[],
  services: ReadonlyMap<string, ObjectOf<'Service'>>,
): ObjectOf<'Service'> | undefined {
  const service = services.get(name);
  return namespace === undefined || namespace === service?.metadata.namespace ? service : undefined;
}

/** The workloads behind a Service; one without a selector points outside the cluster. */
export const behind = (service: ObjectOf<'Service'>, manifests: readonly Manifest[]): readonly Workload[] =>
  service.spec?.selector ? selected(manifests, service, { matchLabels: service.spec.selector }) : [];
