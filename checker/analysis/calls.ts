import type { ObjectOf } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { selected } from '../manifests/selected';
import { type Container, containers, once, type Workload, workloads } from '../manifests/workloads';
import { clusterDns } from './cluster-dns';
import { hosts } from './hosts';
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
  const lookup = clusterDns(manifests);
  const variablesOf = variableReader(manifests);
  return workloads(manifests).flatMap((workload) =>
    containers(workload).flatMap((container) =>
      [...variablesOf(container.spec)]
        .filter(([variable]) => ADDRESS.test(variable))
        .flatMap(([variable, value]) =>
          hosts({ where: variable, name: variable, value }, []).flatMap(({ host }) => {
            const service = lookup(host, workload.manifest.metadata.namespace)?.target;
            return service ? { workload, container, variable, host, service } : [];
          }),
        ),
    ),
  );
});

/** The workloads behind a Service; one without a selector points outside the cluster. */
export const behind = (service: ObjectOf<'Service'>, manifests: readonly Manifest[]): readonly Workload[] =>
  service.spec?.selector ? selected(manifests, service, selectorOf(service)) : [];

const selectorOf = once(({ spec }: ObjectOf<'Service'>) => ({ matchLabels: spec?.selector }));
