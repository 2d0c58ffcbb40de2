import type { Rule } from '../../../checker/rule';
import { rules } from '../../../rules';
import { exceptions } from '../../../rules/exceptions';
import { html, inCode, type Markup } from '../html';
import { row, table } from '../table';
import { lead, type Section } from './section';

/** Every rule, and what is excused. */
export const checks = (): Section => ({
  id: 'checks',
  title: 'What is checked',
  body: html`${lead(
    `${rules.length} rules read all objects before anything is written. They have found nothing: this page could not have been made otherwise. Each says what would be wrong; open it for why, and for what to do.`,
  )}<div class="rules">${rules.map(show)}</div>
<h3>Exceptions</h3>
${lead('What is right in general and wrong at one place. An exception that nothing needs any more is itself a finding.')}${table(
  'Exceptions',
  ['Rule', 'Object', 'Place', 'Why'],
  exceptions.map(({ rule, object, path, reason }) =>
    row(linked(rule), [
      ['Object', object],
      ['Place', html`<code>${path}</code>`],
      ['Why', inCode(reason)],
    ]),
  ),
)}`,
});

/** The name of a rule, which leads to its text. */
export const linked = (rule: string): Markup => html`<a href="#rule-${rule}"><code>${rule}</code></a>`;

const show = ({ id, what, why, remedy, link }: Rule): Markup =>
  html`<details><summary><code>${id}</code> <span>${inCode(what)}</span></summary>
<p id="rule-${id}">${inCode(why)}</p>
<p><b>What to do:</b> ${inCode(remedy)} <a href="${link}" rel="noreferrer">Read more<span class="unseen"> about ${id}</span></a></p>
</details>
`;
