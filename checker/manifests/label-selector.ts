import type * as k8s from 'cdk8s-plus-27/lib/imports/k8s';
import type { Loose } from './kubernetes';

/** Labels as objects carry them. */
export type Labels = Readonly<Record<string, string>>;

/** A label selector as Kubernetes writes it: every label and every expression must hold. */
export type LabelSelector = Loose<k8s.LabelSelector>;

/**
 * Whether a selector selects something with these labels. The empty selector `{}` selects everything;
 * what an absent selector means differs from field to field, so that is the caller's question.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  const { matchLabels } = selector;
  for (const key in matchLabels) if (labelOf(labels, key) !== matchLabels[key]) return false;
  return (selector.matchExpressions ?? []).every(({ key = '', operator, values = [] }) => {
    const value = labelOf(labels, key);
    if (operator === 'In') return value !== undefined && values.includes(value);
    // An object without the key is "not in" as well.
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    if (operator === 'Exists') return value !== undefined;
    return operator === 'DoesNotExist' && value === undefined;
  });
}

/** A label may be called `constructor`, which every object of JavaScript has. */
const labelOf = (labels: Labels, key: string): string | undefined =>
  Object.hasOwn(labels, key) ? labels[key] : undefined;

/** `{}` and its spellings: selects everything. */
export const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
