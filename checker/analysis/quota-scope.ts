import type { Manifest } from '../manifests/check';
import type { Json } from '../manifests/workloads';

/**
 * Whether a quota counts this pod: one with scopes counts only pods that are in all of them.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function inScope(pod: Json, { spec }: Manifest): boolean {
  const scopes: string[] = spec?.scopes ?? [];
  const expressions: Json[] = spec?.scopeSelector?.matchExpressions ?? [];
  return [...scopes.map((scopeName) => ({ scopeName, operator: 'Exists' })), ...expressions].every(
    ({ scopeName, operator, values = [] }) => {
      if (scopeName !== 'PriorityClass') return SCOPES[scopeName]?.(pod) ?? false;
      const name = pod.priorityClassName;
      if (operator === 'In') return values.includes(name);
      if (operator === 'NotIn') return !values.includes(name);
      return (name !== undefined) === (operator === 'Exists');
    },
  );
}

const SCOPES: Readonly<Record<string, (pod: Json) => boolean>> = {
  Terminating: (pod) => pod.activeDeadlineSeconds !== undefined,
  NotTerminating: (pod) => pod.activeDeadlineSeconds === undefined,
  BestEffort: (pod) => !asks(pod),
  NotBestEffort: (pod) => asks(pod),
};

/** A pod that asks for no CPU and no memory, and is limited in neither, takes what is left over. */
const asks = ({ initContainers, containers }: Json): boolean =>
  [...(initContainers ?? []), ...(containers ?? [])].some(({ resources }: Json) =>
    ['requests', 'limits'].some((bound) =>
      ['cpu', 'memory'].some((name) => resources?.[bound]?.[name] !== undefined),
    ),
  );
