import { largestUse, sharesAtMost } from '../../../checker/analysis/quota-use';
import { ofKind } from '../../../checker/manifests/workloads';
import { type Share, sharesAtRest } from '../../../checker/rules/resources/budget';
import { quantity, sum } from '../../../formats/quantity';
import { amount } from '../amount';
import { bar, type Part, percent } from '../bar';
import { html, type Markup } from '../html';
import type { Seen } from '../seen';
import { row, table } from '../table';
import { byComponent } from './by-component';
import { lead, type Section } from './section';

/** What everything takes, against what it may take. */
export function budgets(seen: readonly Seen[]): Section {
  const columns = seen.map((one) => ({ seen: one, all: allowances(one) }));
  const rows = [...new Set(columns.flatMap(({ all }) => all.map(({ what }) => what)))];
  return {
    id: 'budgets',
    title: 'Budgets',
    body: html`${lead(
      'At rest, every server is at its smallest, and each Job of the release runs. In the largest moment, everything is scaled out, a rollout is under way, old pods still drain, and each Job runs. Rest on a part of a bar to see whose it is.',
    )}${table(
      'All together',
      ['', ...seen.map(({ name }) => name)],
      rows.map((what) =>
        row(
          what,
          columns.map(({ seen: { name }, all }) => [name, cell(all.find((one) => one.what === what))]),
        ),
      ),
      'cards side-by-side totals',
    )}<h3>By component</h3>
${columns.map(
  ({ seen, all }) => html`<details class="long"><summary>${seen.name}</summary>
${byComponent(
  seen,
  all.filter(({ column }) => column !== undefined),
)}</details>
`,
)}`,
  };
}

/** Something that all components share. */
export interface Allowance {
  readonly what: string;
  readonly resource: string;
  /** How much of it is taken in all; more than the shares, where others take of it, too. */
  readonly used: number;
  readonly allowed: number;
  readonly shares: readonly Share[];
  /** What is taken by nobody's pods. */
  readonly others?: Part;
  /** Shown for each component as well. */
  readonly column?: string;
}

function cell(allowance: Allowance | undefined): Markup {
  if (!allowance) return html`<span class="none">no bound</span>`;
  const { what, resource, used, allowed, shares, others } = allowance;
  const parts = [
    ...shares.map(({ name, amount: value }) => ({
      label: `${name}: ${amount(value, resource)}`,
      value,
    })),
    ...(others ? [others] : []),
  ];
  return html`${amount(used, resource)} of ${amount(allowed, resource)} <span class="none">${percent(used, allowed)}</span>${bar(
    parts.length > 0 ? parts : [{ label: what, value: used }],
    allowed,
  )}`;
}

/** The budget at rest, and the quota in the largest moment. */
export function allowances({ subject }: Seen): Allowance[] {
  const { manifests, budget } = subject;
  const rest = (['cpu', 'memory'] as const).flatMap((resource): Allowance[] => {
    const shares = sharesAtRest(manifests, resource);
    if (!budget) return [];
    const what = `${resource === 'cpu' ? 'CPU' : 'Memory'} at rest`;
    const allowed = quantity(budget[resource]) ?? 0;
    return [{ what, resource, used: total(shares), allowed, shares, column: COLUMNS[resource] }];
  });
  const quotas = ofKind(manifests, 'ResourceQuota').flatMap((quota) =>
    inOrder(Object.entries<unknown>(quota.spec?.hard ?? {})).flatMap(([key, hard]): Allowance[] => {
      const used = largestUse(key, quota, subject);
      if (used === undefined) return [];
      const shares = sharesAtMost(key, quota, manifests) ?? [];
      const what = KEYS[key] ?? key;
      return [{ what, resource: key, used, allowed: quantity(hard) ?? 0, shares, column: COLUMNS[key] }];
    }),
  );
  return [...rest, ...quotas];
}

const total = (shares: readonly Share[]): number => sum(shares.map(({ amount }) => amount));

/** What a key of a quota counts, in words. */
const KEYS: Readonly<Record<string, string>> = {
  pods: 'Pods in the largest moment',
  'requests.cpu': 'CPU in the largest moment',
  'requests.memory': 'Memory in the largest moment',
  'limits.memory': 'Memory limits in the largest moment',
  'requests.ephemeral-storage': 'Scratch space in the largest moment',
  'limits.ephemeral-storage': 'Limits of scratch space in the largest moment',
  'requests.storage': 'Disks',
};

/** What people ask for first comes first; keys that have no words here stand at the end. */
const inOrder = (entries: [string, unknown][]): [string, unknown][] => {
  const place = ([key]: [string, unknown]) => Object.keys(KEYS).indexOf(key) + 1 || entries.length + 10;
  return [...entries].sort((a, b) => place(a) - place(b));
};

/** What is shown for each component, by resource or key. */
const COLUMNS: Readonly<Record<string, string>> = {
  cpu: 'CPU at rest',
  memory: 'Memory at rest',
  'limits.memory': 'Memory limits, largest moment',
};
