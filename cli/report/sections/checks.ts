import { rules } from '../../../rules';
import { exceptions } from '../../../rules/exceptions';
import { html, inCode, type Markup, table } from '../html';

/** Every rule, and what is excused. */
export const checks =
  (): Markup => html`<p>${rules.length} rules read all objects before anything is written.</p>
${rules.map(
  ({ id, what, why, remedy, link }) => html`<details><summary><code>${id}</code> ${inCode(what)}</summary>
<p>${inCode(why)}</p>
<p><b>What to do:</b> ${inCode(remedy)} <a href="${link}" rel="noreferrer">Read more</a></p>
</details>
`,
)}<h3>Exceptions</h3>
${table(
  ['Rule', 'Object', 'Place', 'Why'],
  exceptions.map(({ rule, object, path, reason }) => [
    rule,
    object,
    html`<code>${path}</code>`,
    inCode(reason),
  ]),
)}`;
