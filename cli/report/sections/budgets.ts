import { type Share, sharesAtRest } from '../../../checker/analysis/capacity';
import { largestUse, sharesAtMost } from '../../../checker/analysis/quota-use';
import { ofKind } from '../../../checker/manifests/workloads';
import { quantity, sum } from '../../../formats/quantity';
import { html, type Markup, table } from '../html';
import type { Seen } from '../seen';

/** What is used, against what is allowed. */
export function budgets(seen: readonly Seen[]): Markup {
  const columns = seen.map(allowances);
  const rows = [...new Set(columns.flatMap((all) => all.map(({ what }) => what)))];
  return html`<p>At rest, every server has its fewest pods, and each Job of the release runs. At peak, everything is scaled out, a rollout is under way, old pods still drain, and each Job runs.</p>
${table(
  ['', ...seen.map(({ name }) => name)],
  rows.map((what) => [what, ...columns.map((all) => cell(all.find((one) => one.what === what)))]),
)}`;
}

/** A resource that all components share. */
export interface Allowance {
  readonly what: string;
  readonly resource: string;
  /** Total use; more than the shares, where others use it, too. */
  readonly used: number;
  readonly allowed: number;
  readonly shares: readonly Share[];
}

function cell(allowance: Allowance | undefined): Markup {
  if (!allowance) return html`no bound`;
  const { resource, used, allowed, shares } = allowance;
  const details = shares.map(({ name, amount: value }) => `${name}: ${amount(value, resource)}`).join(', ');
  return html`<meter min="0" max="${allowed}" value="${used}" title="${details}"></meter><br>${amount(used, resource)} of ${amount(allowed, resource)}`;
}

/** An amount for people: `5.2 cores`, `19 Gi`, `50`. */
function amount(value: number, resource: string): string {
  const rounded = (number: number) => Math.round(number * 100) / 100;
  if (/cpu$/.test(resource)) return `${rounded(value)} ${value === 1 ? 'core' : 'cores'}`;
  if (!/(memory|storage)$/.test(resource)) return String(rounded(value));
  return value >= 2 ** 30 ? `${rounded(value / 2 ** 30)} Gi` : `${rounded(value / 2 ** 20)} Mi`;
}

/** The budget at rest, and the quota at peak. */
export function allowances({ subject }: Seen): Allowance[] {
  const { manifests, budget } = subject;
  const rest = (['cpu', 'memory'] as const).flatMap((resource): Allowance[] => {
    const shares = sharesAtRest(manifests, resource);
    if (!budget) return [];
    const what = `${resource === 'cpu' ? 'CPU' : 'Memory'} at rest`;
    const allowed = quantity(budget[resource]) ?? 0;
    return [{ what, resource, used: total(shares), allowed, shares }];
  });
  const quotas = ofKind(manifests, 'ResourceQuota').flatMap((quota) =>
    inOrder(Object.entries<unknown>(quota.spec?.hard ?? {})).flatMap(([key, hard]): Allowance[] => {
      const used = largestUse(key, quota, subject);
      if (used === undefined) return [];
      const shares = sharesAtMost(key, quota, manifests) ?? [];
      const what = KEYS[key] ?? key;
      return [{ what, resource: key, used, allowed: quantity(hard) ?? 0, shares }];
    }),
  );
  return [...rest, ...quotas];
}

const total = (shares: readonly Share[]): number => sum(shares.map(({ amount }) => amount));

/** What a key of a quota counts, in words. */
const KEYS: Readonly<Record<string, string>> = {
  pods: 'Pods at peak',
  'requests.cpu': 'CPU at peak',
  'requests.memory': 'Memory at peak',
  'limits.memory': 'Memory limits at peak',
  'requests.ephemeral-storage': 'Scratch space at peak',
  'limits.ephemeral-storage': 'Limits of scratch space at peak',
  'requests.storage': 'Disks',
};

/** In the order of KEYS; other keys are at the end. */
const inOrder = (entries: [string, unknown][]): [string, unknown][] => {
  const place = ([key]: [string, unknown]) => Object.keys(KEYS).indexOf(key) + 1 || entries.length + 10;
  return [...entries].sort((a, b) => place(a) - place(b));
};
