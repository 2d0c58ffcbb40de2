import type { Needs } from '../../analysis/needs';
import { type Variables, variableReader } from '../../analysis/variables';
import type { Json } from '../../manifests/manifest';
import { type Container, containers, type Workload, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { componentOf } from '../../reachability/matrix';
import { rule } from '../../rule';
import { sleep } from '../availability/grace-period';

export const programs = rule({
  id: 'programs',
  what: 'A container runs another program than its image is for, as somebody else, is told something dangerous, is asked the wrong question, or stops while requests still come.',
  why: 'Kubernetes starts whatever it is told to start. A pod that sleeps is running, a probe that asks "true" is content, and a site with DEBUG=1 shows its settings to whoever makes it fail.',
  remedy:
    'Set it right; if the program or its image has changed, change checker/rules/software/software-needs/ as well.',
  link: 'https://docs.djangoproject.com/en/stable/howto/deployment/checklist/',
  needs: ['software', 'fakeSecrets'],
  find: ({ manifests, software, fakeSecrets }) => {
    const variablesOf = variableReader(manifests);
    return workloads(manifests).flatMap((workload) => {
      const known = software[componentOf(workload)] ?? {};
      return containers(workload).flatMap((container) => {
        const needs = known[container.spec.name];
        if (!needs) return [];
        const rules = { ...needs.told, ...(!fakeSecrets && needs.toldHosted) };
        return [
          ...command(container, needs),
          ...told(container, rules, variablesOf(container.spec)),
          ...before(container, needs, workload, !fakeSecrets),
          ...asked(container, needs),
          ...stopped(container, needs),
          ...user(container, needs, workload),
        ];
      });
    });
  },
});

function command({ path, spec }: Container, { runs }: Needs): Finding[] {
  const given = [...(spec.command ?? []), ...(spec.args ?? [])].join(' ');
  if (!runs || (runs.length > 0 && runs.every((part) => given.includes(part)))) return [];
  if (runs.length === 0 && spec.command === undefined) return [];
  const remedy = runs.length === 0 ? 'Leave it to the image' : `Run ${runs.join(' … ')}`;
  return [{ where: `${path}.command`, wrong: 'is not what this container is for', remedy }];
}

const told = (
  { path }: Container,
  rules: Readonly<Record<string, RegExp>>,
  variables: Variables,
): Finding[] =>
  Object.entries(rules).flatMap(([name, wanted]) => {
    const value = variables.get(name);
    return value === undefined || wanted.test(value)
      ? []
      : [
          {
            where: `${path}.env[${name}]`,
            value,
            wrong: 'is not what it must be here',
            remedy: `Set it to match ${wanted.source}`,
          },
        ];
  });

function before({ path, spec }: Container, needs: Needs, { pod }: Workload, hosted: boolean): Finding[] {
  const names = (pod.initContainers ?? []).map(({ name }: Json) => name);
  const mounted = (directory: string) =>
    (spec.volumeMounts ?? []).some(({ mountPath }: Json) => mountPath === directory);
  const filling = Object.entries(needs.filled ?? {}).flatMap(([directory, name]) =>
    mounted(directory) ? [[name]] : [],
  );
  return [needs.after, hosted ? needs.afterHosted : undefined, ...filling]
    .filter((wanted) => wanted !== undefined)
    .filter((wanted) => !wanted.some((name) => names.includes(name)))
    .map((wanted) => ({
      where: path,
      wrong: 'starts without what has to run before it',
      remedy: `Let ${wanted.join(' or ')} run before, as an init container`,
    }));
}

const asked = ({ path, spec }: Container, { asked = {} }: Needs): Finding[] =>
  Object.entries(asked).flatMap(([probe, wanted]) => {
    const { httpGet, tcpSocket, exec } = spec[probe] ?? {};
    const value = httpGet?.path ?? tcpSocket?.port ?? exec?.command?.join(' ');
    // Without a probe, the rule `probes` has its say.
    if (value === undefined) return [];
    if (httpGet && ![undefined, 'HTTP'].includes(httpGet.scheme)) {
      const wrong = 'is not how the program answers inside the cluster';
      return [
        { where: `${path}.${probe}.httpGet.scheme`, value: httpGet.scheme, wrong, remedy: 'Leave it out' },
      ];
    }
    return (exec ? value.startsWith(wanted) : value === wanted)
      ? []
      : [
          {
            where: `${path}.${probe}`,
            value,
            wrong: 'does not ask the program',
            remedy: `Ask ${wanted.trim()}`,
          },
        ];
  });

function stopped({ path, spec }: Container, { lingers }: Needs): Finding[] {
  const hook = spec.lifecycle?.preStop;
  if (!lingers || sleep(hook) > 0) return [];
  const wrong = hook
    ? 'does not wait'
    : 'is missing, and requests still come for some seconds after a pod is told to stop';
  return [{ where: `${path}.lifecycle.preStop`, value: hook, wrong, remedy: 'Let it sleep for 10 seconds' }];
}

function user({ path, spec }: Container, { user }: Needs, { pod, podPath }: Workload): Finding[] {
  if (user === undefined) return [];
  const context = { ...pod.securityContext, ...spec.securityContext };
  const where = { runAsUser: path, runAsGroup: path, fsGroup: podPath };
  return (['runAsUser', 'runAsGroup', 'fsGroup'] as const)
    .filter((field) => context[field] !== user)
    .map((field) => ({
      where: `${where[field]}.securityContext.${field}`,
      value: context[field],
      wrong: 'is not the user that the image is made for, who owns its files',
      remedy: `Set it to ${user}`,
    }));
}
