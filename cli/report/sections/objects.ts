import type { Manifest } from '../../../checker/manifests/check';
import { workloads } from '../../../checker/manifests/workloads';
import { withoutHash } from '../../../checker/plan/job-name';
import { componentOf } from '../../../checker/reachability/matrix';
import { areaOf } from '../../picture/graph/components';
import { html } from '../html';
import type { Seen } from '../seen';
import { showEntry } from './entry';
import { filters } from './filters';
import { lead, type Section } from './section';

/** One object, in all environments that have it. */
export interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly component: string;
  readonly tier: string;
  readonly file: string;
  /** One for each environment; undefined where it is not there. */
  readonly versions: readonly (Manifest | undefined)[];
}

/** For objects that belong to no component alone. */
const SHARED = 'shared';

/** Every object with its YAML. What the environments have in common is there once. */
export function objects(seen: readonly Seen[]): Section {
  const entries = entriesOf(seen);
  const names = seen.map(({ name }) => name);
  return {
    id: 'objects',
    title: 'Objects',
    body: html`${lead(
      'The YAML as it stands in dist. Lines that not every environment has are marked with the names of those that do; choose one environment to read its file. The values of Secrets are left out.',
    )}${filters(entries, names)}<div id="object-list">${entries.map((entry) => showEntry(entry, names))}</div>
<p id="no-object" hidden>No object fits. Choose less, or press Escape in the search field to empty it.</p>
`,
  };
}

export function entriesOf(seen: readonly Seen[]): Entry[] {
  const entries = new Map<string, Entry>();
  seen.forEach(({ name, files, subject: { manifests } }, number) => {
    const components = workloads(manifests).map(componentOf);
    for (const { name: file, manifests } of files) {
      for (const manifest of manifests) {
        // Namespaces are named after their environment, and Jobs end with a hash of what they do.
        const title =
          manifest.kind === 'Namespace'
            ? manifest.metadata.name.replace(new RegExp(`-${name}$`), '-…')
            : withoutHash(manifest.metadata.name);
        const key = `${manifest.kind} ${title}`;
        const versions = entries.get(key)?.versions ?? seen.map(() => undefined);
        entries.set(key, {
          kind: manifest.kind,
          name: title,
          component: componentOfObject(manifest, title, components),
          tier: areaOf(manifest) ?? 'none',
          file,
          versions: versions.map((version, i) => (i === number ? manifest : version)),
        });
      }
    }
  });
  return [...entries.values()].sort((a, b) => order(a.file, b.file) || order(a.component, b.component));
}

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** By its label; objects of a component that carry none have its name. */
const componentOfObject = ({ metadata }: Manifest, title: string, components: readonly string[]): string =>
  metadata.labels?.['app.kubernetes.io/component'] ?? (components.includes(title) ? title : SHARED);
