import { isA } from '../../../checker/manifests/kubernetes';
import type { Manifest } from '../../../checker/manifests/manifest';
import { toYaml } from '../../../lib/output/yaml';
import { html, type Markup } from '../html';
import type { Seen } from '../seen';

/** Every object of every environment with its YAML, to be searched. */
export const objects = (seen: readonly Seen[]): Markup =>
  html`<p>The YAML as it is in dist; values of Secrets are left out.</p>
<search class="needs-script"><label>Search <input type="search" id="words" autocomplete="off" spellcheck="false"></label>
<label>Environment <select id="environment"><option value="">all</option>${seen.map(({ name }) => html`<option>${name}</option>`)}</select></label>
<span id="count" role="status"></span></search>
${seen.flatMap(({ name, files }) =>
  files.flatMap((file) =>
    file.manifests.map(
      (
        manifest,
      ) => html`<details class="object" data-environment="${name}"><summary>${manifest.kind} <b>${manifest.metadata.name}</b> <span class="where">${name}/${file.name}</span></summary>
<pre tabindex="0">${toYaml(withoutValues(manifest))}</pre></details>
`,
    ),
  ),
)}`;

/**
 * An object without what must not be shown. Only Secrets may have secret values: the page is written only
 * if the rules have found none in any other object. Fake values are left out, too.
 */
export function withoutValues(manifest: Manifest): Manifest {
  if (!isA(manifest, 'Secret')) return manifest;
  const hidden = (entries: object) =>
    Object.fromEntries(Object.keys(entries).map((key) => [key, '(not shown here)']));
  return {
    ...manifest,
    ...(manifest.data && { data: hidden(manifest.data) }),
    ...(manifest.stringData && { stringData: hidden(manifest.stringData) }),
  };
}
