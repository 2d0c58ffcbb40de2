import { type AllowedHosts, accepts, allowedHosts } from '../../analysis/allowed-hosts';
import { behind, calls } from '../../analysis/calls';
import { variableReader } from '../../analysis/variables';
import type { Probe } from '../../manifests/kubernetes';
import type { Manifest } from '../../manifests/manifest';
import {
  type Container,
  containers,
  nameOf,
  ofKind,
  type Workload,
  workloads,
} from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

const WHY: Readonly<Record<(typeof PROBES)[number], string>> = {
  startupProbe: 'is missing, so a slow start counts as a failure',
  readinessProbe: 'is missing, so requests arrive before the container can answer',
  livenessProbe: 'is missing, so a process that hangs is never restarted',
};

export const probes = rule({
  id: 'probes',
  severity: 'warning',
  what: 'A server has no startup, readiness or liveness probe, is reported ready too late, or is restarted too soon.',
  why: 'Without them requests arrive before the server can answer, and a process that hangs is never restarted.',
  remedy: 'Add startup, readiness and liveness probes that check the process itself.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/probes/',
  find: ({ manifests }) =>
    workloads(manifests)
      .filter(({ serves }) => serves)
      .flatMap(containers)
      .filter(({ init }) => !init)
      .map((container) => [required(container), timed(container)]),
});

const required = ({ path, spec }: Container): Findings =>
  PROBES.filter((probe) => !spec[probe]).map((probe) => ({
    where: `${path}.${probe}`,
    wrong: WHY[probe],
    remedy: 'Add it; let it check the process itself, never a database behind it',
  }));

/** Seconds. A pause of a garbage collector, or one slow answer, is no reason for a restart. */
const PATIENCE = 5;
/** Seconds after which a change of readiness has to be noticed. */
const SOON = 60;

function timed({ path, spec }: Container): Findings {
  const { livenessProbe, readinessProbe, startupProbe } = spec;
  const patience = (livenessProbe?.failureThreshold ?? 3) * (livenessProbe?.periodSeconds ?? 10);
  const delay = (readinessProbe?.initialDelaySeconds ?? 0) + (readinessProbe?.periodSeconds ?? 10);
  return [
    livenessProbe &&
      patience < PATIENCE && {
        where: `${path}.livenessProbe.failureThreshold`,
        value: livenessProbe.failureThreshold,
        wrong: `restarts a server that does not answer for ${patience} s`,
        remedy: `Set failureThreshold and periodSeconds so that their product is at least ${PATIENCE}`,
      },
    readinessProbe &&
      startupProbe &&
      delay > SOON && {
        where: `${path}.readinessProbe.periodSeconds`,
        value: readinessProbe.periodSeconds,
        wrong: `notices only after ${delay} s whether the server is ready`,
        remedy: `Set initialDelaySeconds and periodSeconds so that their sum is at most ${SOON}; startupProbe waits for the start`,
      },
  ];
}

/** The host of a probe without a Host header; a pod may allow it as $(POD_IP). */
const POD_ADDRESS = 'status.podIP';

export const probeHosts = rule({
  id: 'probe-hosts',
  what: 'A probe, the Ingress or another component calls Django by a host that it does not accept.',
  why: 'It answers 400 to every other host. The kubelet uses the address of the pod, which is not known in advance: a healthy pod is restarted forever, or never becomes ready.',
  remedy: 'Send a Host header that is in ALLOWED_HOSTS, or add the host there.',
  link: 'https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts',
  find: ({ manifests }) => {
    const variablesOf = variableReader(manifests);
    const answering = new Map<Workload, AllowedHosts>();
    const probed = workloads(manifests).map((workload) =>
      containers(workload).map((container) => {
        const hosts = allowedHosts(variablesOf(container.spec));
        if (hosts && !container.init) answering.set(workload, hosts);
        return hosts && refusedProbes(container, hosts);
      }),
    );
    return answering.size > 0 && [probed, refusedCallers(answering, manifests)];
  },
});

const refusedProbes = ({ path, spec }: Container, hosts: AllowedHosts): Findings =>
  PROBES.map((probe) => {
    const request = spec[probe]?.httpGet;
    const host = request && hostOf(request);
    if (host === undefined || accepts(hosts, host)) return undefined;
    const where = `${path}.${probe}.httpGet.httpHeaders[Host]`;
    const remedy = `Send a Host header with one of: ${hosts.patterns.join(', ')}`;
    if (host === POD_ADDRESS) {
      const wrong = `is missing: the kubelet uses the address of the pod, which ${hosts.variable} does not accept`;
      return { where, wrong, remedy };
    }
    const wrong = `is not accepted by ${hosts.variable}, so the probe is answered with 400`;
    return { where, value: host, wrong, remedy };
  });

const hostOf = ({ httpHeaders, host }: NonNullable<Probe['httpGet']>): string => {
  const header = (httpHeaders ?? []).find(({ name }) => String(name).toLowerCase() === 'host');
  return String(header?.value ?? host ?? POD_ADDRESS);
};

/** A caller of a Service: the Ingress by its host, a component by a host in its configuration. */
interface Caller {
  readonly where: string;
  readonly host: string;
  readonly service: Manifest;
}

function refusedCallers(
  answering: ReadonlyMap<Workload, AllowedHosts>,
  manifests: readonly Manifest[],
): Findings {
  const callers: Caller[] = [
    ...routed(manifests),
    ...calls(manifests).map(({ container, variable, host, service }) => ({
      where: `${container.path}.env[${variable}]`,
      host,
      service,
    })),
  ];
  return callers.map(({ where, host, service }) =>
    behind(service, manifests).map((workload) => {
      const hosts = answering.get(workload);
      // A request to *.example.org has some host below it.
      if (!hosts || accepts(hosts, String(host).replace(/^\*/, 'any'))) return undefined;
      const wrong = `is not a host that ${workload.name} accepts`;
      const remedy = `Add it to ${hosts.variable}, or use one of: ${hosts.patterns.join(', ')}`;
      return { where, value: host, wrong, remedy };
    }),
  );
}

/** An Ingress without a host passes on every host, and Django decides. */
function routed(manifests: readonly Manifest[]): Caller[] {
  const services = new Map(ofKind(manifests, 'Service').map((service) => [service.metadata.name, service]));
  return ofKind(manifests, 'Ingress').flatMap((ingress) =>
    (ingress.spec?.rules ?? []).flatMap(({ host, http }, i) => {
      const names = new Set((http?.paths ?? []).map(({ backend }) => backend?.service?.name));
      return [...names].flatMap((name) => {
        const service = services.get(name ?? '');
        return host && service ? { where: `${nameOf(ingress)} spec.rules[${i}].host`, host, service } : [];
      });
    }),
  );
}
