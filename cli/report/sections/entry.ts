import type { Manifest } from '../../../checker/manifests/check';
import { toYaml } from '../../../lib/output/yaml';
import { html, type Markup } from '../html';
import { blocks, type MergedLine, merged } from '../merged';
import { withoutValues } from '../without-values';
import type { Entry } from './objects';
import { listed } from './section';

/** An object, to be opened, with the YAML of all its environments in one. */
export function showEntry(
  { kind, name, component, tier, file, versions }: Entry,
  names: readonly string[],
): Markup {
  const here = versions.flatMap((version, i) => (version ? [i] : []));
  const lines = blocks(merged(versions.map((version, i) => version && nameless(version, names[i] ?? ''))));
  const only = here.length < names.length ? ` · only ${listed(here.map((i) => names[i] ?? ''))}` : '';
  return html`<details class="object ${classes(here)}" data-kind="${kind}" data-component="${component}" data-tier="${tier}">
<summary><span class="kind">${kind}</span> <span class="name">${name}</span> <span class="where">${file}${only}</span></summary>
<pre tabindex="0" role="region" aria-label="YAML of ${kind} ${name}">${lines.map((line) =>
    line.of.length === here.length ? withNames(line, names) : marked(line, names),
  )}</pre>
</details>
`;
}

/** The environments, by number, that a part belongs to: `page.ts` hides the others when somebody chooses one. */
const classes = (of: readonly number[]): string => of.map((i) => `e${i}`).join(' ');

const marked = (line: MergedLine, names: readonly string[]): Markup =>
  html`<span class="only ${classes(line.of)}" data-in="${line.of.map((i) => names[i]).join(', ')}">${withNames(line, names)}</span>`;

/** No YAML of ours has this character: it would be escaped. */
const OWN_NAME = '\0';

/** The text of an object, without its environment's name at the end of lines: nearly all objects differ in that alone. */
const nameless = (manifest: Manifest, name: string): string =>
  toYaml(withoutValues(manifest))
    .split('\n')
    .map((line) => (OWN.test(line) && line.endsWith(name) ? line.slice(0, -name.length) + OWN_NAME : line))
    .join('\n');

const OWN = /^ *(namespace: coped-|name: coped-|app\.kubernetes\.io\/instance: )/;

const withNames = ({ text, of }: MergedLine, names: readonly string[]): Markup =>
  html`${text
    .split(OWN_NAME)
    .map((part, i) =>
      i === 0
        ? part
        : html`<span class="names">${of.map((one) => html`<span class="e${one}">${names[one]}</span>`)}</span>${part}`,
    )}
`;
