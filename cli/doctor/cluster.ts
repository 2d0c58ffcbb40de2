import { NEWEST, OLDEST } from '../../checker/pod-security/versions';
import { quantity, sum } from '../../formats/quantity';
import type { Environment } from '../../lib/environments/environment';
import { namespaceOf } from '../../lib/environments/environment';
import { type ApiObject, type Kubectl, objectsIn } from '../cluster/kubectl';
import { conditionOf, isReady } from '../cluster/readiness';
import { type Finding, lastLine, ok, problem, warning } from './finding';

/** What the cluster itself has to bring. */
export async function cluster(kubectl: Kubectl, environment: Environment): Promise<Finding[]> {
  const looks = [
    version,
    storage,
    ingressClass,
    capacity,
    ...(environment.kind === 'hosted' ? [metrics, issuer] : []),
  ];
  return (await Promise.all(looks.map((look) => look(kubectl, environment)))).flat();
}

type Look = (kubectl: Kubectl, environment: Environment) => Promise<Finding | Finding[]>;

/** Of kubectl and the cluster together; they may be one minor version apart. */
const version: Look = async (kubectl) => {
  const { serverVersion, clientVersion } = JSON.parse(await kubectl.run(['version', '--output=json']));
  const server = Number.parseInt(serverVersion.minor, 10);
  const skew = Math.abs(server - Number.parseInt(clientVersion.minor, 10));
  const name = serverVersion.gitVersion.replace('v', '');
  const tested = `1.${OLDEST} to 1.${NEWEST}`;
  const next = `Install a kubectl of version 1.${server}: https://kubernetes.io/docs/tasks/tools/`;
  return [
    server >= OLDEST && server <= NEWEST
      ? ok('Kubernetes', name)
      : warning('Kubernetes', `${name}, and ${tested} are tested`, `Use one of ${tested}`),
    ...(skew > 1 ? [warning('kubectl and cluster', `they are ${skew} minor versions apart`, next)] : []),
  ];
};

const DEFAULT = 'storageclass.kubernetes.io/is-default-class';

const storage: Look = async (kubectl, { postgres, elasticsearch }) => {
  const wanted = [postgres, elasticsearch]
    .filter((server) => server && server.kind !== 'external')
    .map((server) => server?.storageClass);
  if (wanted.length === 0) return [];
  const classes = await kubectl.list('storageclasses');
  const names = classes.map(({ metadata }) => metadata.name);
  const absent = wanted.filter((name) => name && !names.includes(name));
  if (absent.length > 0) {
    return problem(
      'storage class',
      `${absent.join(', ')} not found (found: ${names.join(', ') || 'none'})`,
      'Choose another in lib/environments',
    );
  }
  if (wanted.every(Boolean)) return ok('storage class', wanted.join(', '));
  const standard = classes.find(({ metadata }) => metadata.annotations?.[DEFAULT] === 'true');
  if (standard) return ok('storage class', `${standard.metadata.name} is the default`);
  const mark = `\`kubectl annotate storageclass ${names[0] ?? '<name>'} ${DEFAULT}=true\``;
  return problem(
    'storage class',
    'no storage class is the default: volumes would stay Pending',
    `Make one the default: ${mark}`,
  );
};

const ingressClass: Look = async (kubectl, { ingress, kind }) => {
  const about = 'ingress class';
  if (await kubectl.exists('ingressclass', ingress.className)) return ok(about, ingress.className);
  return kind === 'local'
    ? warning(
        about,
        `${ingress.className} is not installed yet`,
        '`npx coped up` installs it, from dist/local',
      )
    : problem(
        about,
        `${ingress.className} is not installed: the site would not be reachable`,
        'Install that ingress controller, or name another: docs/clusters.md#another-ingress-controller',
      );
};

/** What all pods together request at rest, against what other pods leave free on the nodes. */
const capacity: Look = async (kubectl, environment) => {
  const nodes = await kubectl.list('nodes');
  const pods = await kubectl.attempt(['get', 'pods', '--all-namespaces', '--output=json']);
  const others = pods.code === 0 ? objectsIn(pods.stdout) : [];
  const own = namespaceOf(environment);
  const counted = others.filter(
    ({ metadata, spec, status }) =>
      metadata.namespace !== own && spec?.nodeName && !['Succeeded', 'Failed'].includes(status?.phase ?? ''),
  );
  const usable = nodes.filter(({ spec }) => !spec?.unschedulable);
  return (['cpu', 'memory'] as const).map((resource) => {
    const all = sum(usable.map(({ status }) => quantity(status?.allocatable?.[resource]) ?? 0));
    const taken = sum(
      counted
        .flatMap(({ spec }) => spec?.containers ?? [])
        .map(({ resources }) => quantity(resources?.requests?.[resource]) ?? 0),
    );
    const [free, needed] = [all - taken, quantity(environment.budget[resource]) ?? 0];
    const unit = (amount: number) =>
      resource === 'cpu' ? `${Math.round(amount * 100) / 100} cores` : `${(amount / 2 ** 30).toFixed(1)} GiB`;
    const found = `${unit(needed)} needed, ${unit(free)} of ${unit(all)} free`;
    const about = `free ${resource}`;
    return free >= needed ? ok(about, found) : problem(about, found, MORE[environment.kind]);
  });
};

const MORE = {
  local: 'Give Docker more of it, or end what else runs in the cluster',
  hosted: 'Add nodes, or lower requests in lib/environments',
} as const;

const metrics: Look = async (kubectl) => {
  const { code } = await kubectl.attempt(['get', '--raw', '/apis/metrics.k8s.io/v1beta1']);
  return code === 0
    ? ok('metrics', 'there')
    : problem('metrics', 'pod metrics are missing: the autoscaler cannot work', 'Install metrics-server');
};

/** Who signs the certificates. */
const issuer: Look = async (kubectl, environment) => {
  if (environment.kind !== 'hosted' || environment.certificates.source !== 'cert-manager') return [];
  const { kind, name } = environment.certificates.issuer;
  const result = await kubectl.attempt(['get', kind, name, '--output=json']);
  const about = `${kind} ${name}`;
  if (result.code !== 0) {
    return problem(
      about,
      lastLine(result.stderr),
      'Install cert-manager and create the issuer; without it there is no certificate',
    );
  }
  const found: ApiObject = JSON.parse(result.stdout);
  const why = conditionOf(found, 'Ready', 'False')?.message ?? 'not ready';
  return isReady(found) ? ok(about, 'ready') : problem(about, why, 'Ask who runs cert-manager');
};
