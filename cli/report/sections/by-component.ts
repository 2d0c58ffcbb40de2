import { most, scaleOf } from '../../../checker/analysis/capacity';
import { workloads } from '../../../checker/manifests/workloads';
import { componentOf } from '../../../checker/reachability/matrix';
import { amount } from '../amount';
import { bar } from '../bar';
import { html, type Markup } from '../html';
import type { Seen } from '../seen';
import { row, table } from '../table';
import type { Allowance } from './budgets';

/** What each workload takes, against what all of them may take. */
export const byComponent = (
  { name, subject: { manifests } }: Seen,
  allowances: readonly Allowance[],
): Markup =>
  table(
    `By component, in ${name}`,
    ['', 'Pods, at rest and at most', ...allowances.map(({ column }) => column)],
    workloads(manifests).map((workload) => {
      const scale = scaleOf(workload, manifests);
      const rest = workload.manifest.kind === 'CronJob' ? 0 : scale.min;
      return row(componentOf(workload), [
        ['Pods, at rest and at most', `${rest}, ${most(scale)}`],
        ...allowances.map(({ column = '', resource, shares, allowed }): [string, Markup] => {
          const [share] = shares.filter((one) => one.workload === workload);
          return [
            column,
            share && share.amount > 0
              ? html`<span class="number">${amount(share.amount, resource)}</span>${bar([{ label: '', value: share.amount }], allowed)}`
              : html`<span class="none">–</span>`,
          ];
        }),
      ]);
    }),
    'cards by-component',
  );
