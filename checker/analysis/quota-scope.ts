import type { ObjectOf, PodSpec } from '../manifests/kubernetes';

/**
 * Whether a quota counts this pod: one with scopes counts only pods that are in all of them.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function inScope(pod: PodSpec, { spec }: ObjectOf<'ResourceQuota'>): boolean {
  const scopes = spec?.scopes ?? [];
  const expressions = spec?.scopeSelector?.matchExpressions ?? [];
  return [...scopes.map((scopeName) => ({ scopeName, operator: 'Exists' })), ...expressions].every(
    ({ scopeName = '', operator, values = [] }: Expression) => {
      if (scopeName !== 'PriorityClass') return SCOPES[scopeName]?.(pod) ?? false;
      const name = pod.priorityClassName;
      if (operator === 'In') return values.includes(name ?? '');
      if (operator === 'NotIn') return !values.includes(name ?? '');
      return (name !== undefined) === (operator === 'Exists');
    },
  );
}

interface Expression {
  readonly scopeName?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

const SCOPES: Readonly<Record<string, (pod: PodSpec) => boolean>> = {
  Terminating: (pod) => pod.activeDeadlineSeconds !== undefined,
  NotTerminating: (pod) => pod.activeDeadlineSeconds === undefined,
  BestEffort: (pod) => !asks(pod),
  NotBestEffort: (pod) => asks(pod),
};

/** A pod that asks for no CPU and no memory, and is limited in neither, takes what is left over. */
const asks = ({ initContainers, containers }: PodSpec): boolean =>
  [...(initContainers ?? []), ...(containers ?? [])].some(({ resources }) =>
    (['requests', 'limits'] as const).some((bound) =>
      ['cpu', 'memory'].some((name) => resources?.[bound]?.[name] !== undefined),
    ),
  );
