import { html, type Markup } from '../html';
import type { Entry } from './objects';

/** How to find an object: words, three lists, and the environment whose file is read. */
export const filters = (entries: readonly Entry[], names: readonly string[]): Markup =>
  html`<search class="filters" aria-label="Objects">
<label class="needs-script">Search names and YAML <input type="search" id="words" autocomplete="off" spellcheck="false"></label>
${(['kind', 'component', 'tier'] as const).map((field) =>
  choice(field, [...new Set(entries.map((entry) => entry[field]))].sort()),
)}<fieldset><legend>Environment</legend>
<label><input type="radio" name="environment" value="" id="show-all" checked> all, compared</label>
${names.map(
  (
    name,
    i,
  ) => html`<label><input type="radio" name="environment" value="e${i}" id="show-e${i}"> ${name}</label>
`,
)}</fieldset>
<p id="count" class="needs-script" role="status">${entries.length} objects</p>
</search>
`;

const choice = (field: string, values: readonly string[]): Markup =>
  html`<label class="needs-script">${field[0]?.toUpperCase()}${field.slice(1)} <select data-field="${field}">
<option value="">all</option>
${values.map((value) => html`<option>${value}</option>`)}</select></label>
`;
