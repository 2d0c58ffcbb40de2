import { diff } from 'jest-diff';
import type { z } from 'zod';
import { components } from '../../../lib/components';
import type { AnyComponent } from '../../../lib/components/component';
import { imageNames } from '../../../lib/components/images';
import { coped } from '../../../lib/coped';
import type { HostedEnvironment, LocalEnvironment } from '../../../lib/environments/environment';
import { filesOf } from '../../../lib/output/files';
import type { Manifest } from '../../../lib/output/manifest';
import { parseEnvironments } from '../../../rules/environments';
import { allSettings, leastSettings } from './sample-settings';

type Kind = 'local' | 'hosted';
type Settings = Readonly<Record<string, unknown>>;

const amounts = { cpu: '99', memory: '99Gi', memoryLimit: '99Gi', ephemeralStorage: '99Gi', storage: '99Gi' };
const common = {
  images: Object.fromEntries(imageNames.map((name) => [name, `example.org/${name}:1.2.3`])),
  budget: { cpu: '99', memory: '99Gi' },
  quota: { ...amounts, pods: 99 },
};
const kinds = {
  local: { ...common, kind: 'local', name: 'sample', host: 'localhost' },
  hosted: {
    ...common,
    kind: 'hosted',
    name: 'sample',
    contexts: ['sample'],
    host: 'sample.example.org',
    certificates: { source: 'existing' },
  },
};

const settingsOf = (kind: Kind, make: (schema: z.ZodType) => unknown): Settings =>
  Object.fromEntries(
    (components as readonly AnyComponent[]).flatMap(({ name, settings }) =>
      settings ? [[name, make(settings[kind])]] : [],
    ),
  );
const least = { local: settingsOf('local', leastSettings), hosted: settingsOf('hosted', leastSettings) };
const all = { local: settingsOf('local', allSettings), hosted: settingsOf('hosted', allSettings) };

/** Connections for as many pods as there may be. */
const ample = {
  postgres: { storage: '1Gi', maxConnections: 900, resources: { memory: '8Gi', memoryLimit: '8Gi' } },
};

/** An environment with the fewest settings that it can have, and these besides. */
const environment = (kind: Kind, settings: Settings = {}) => {
  const input = { ...kinds[kind], ...least[kind], ...settings };
  return parseEnvironments([input as unknown as LocalEnvironment | HostedEnvironment])[0];
};

/** What a component consists of: without what every object has, and scripts as the number of their lines. */
const objectsOf = (name: string, kind: Kind, settings?: Settings): string =>
  filesOf(coped(environment(kind, settings) as never))
    .filter((file) => !/foundation|network/.test(file.name))
    .flatMap(({ manifests }) => manifests)
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === name)
    .map((manifest) => printed(shortened(manifest)))
    .join('\n\n');

const HARDENED = /^(securityContext|labels|namespace|apiVersion|imagePullPolicy|coped.org.config)$/;

const shortened = (value: unknown): unknown => {
  if (typeof value === 'string') return value.includes('\n') ? `(${value.split('\n').length} lines)` : value;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Manifest)
      .filter(([key]) => !HARDENED.test(key))
      .map(([key, child]) => [key, shortened(child)]),
  );
};

/** YAML's indentation, with everything on one line that fits there. */
function printed(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (line.length < 100 || typeof value !== 'object' || value === null) return line;
  return Object.entries(value)
    .map(([key, child]) => {
      const text = printed(child, `${indent}  `);
      const start = `${indent}${Array.isArray(value) ? '-' : `${key}:`}`;
      return text.startsWith(`${indent}  `) ? `${start}\n${text}` : `${start} ${text}`;
    })
    .join('\n');
}

const changes = (before: string, after: string): string =>
  diff(before, after, {
    expand: false,
    contextLines: 1,
    omitAnnotationLines: true,
    aColor: String,
    bColor: String,
    commonColor: String,
    patchColor: String,
  }) ?? '';

// `npx jest -u` writes what is expected; the reviewer reads its diff. A new component needs no line here.
describe.each(components.map(({ name }) => name))('%s', (name) => {
  test('with the fewest settings', () => {
    expect(`\n${objectsOf(name, 'hosted')}`).toMatchSnapshot();
  });

  test('what a laptop has instead', () => {
    expect(changes(objectsOf(name, 'hosted'), objectsOf(name, 'local'))).toMatchSnapshot();
  });

  test.each(['local', 'hosted'] as const)('what changes when every setting is made (%s)', (kind) => {
    const own = name in all[kind] ? { [name]: all[kind][name] } : {};
    const before = name === 'postgres' ? {} : ample;
    const changed = changes(objectsOf(name, kind, before), objectsOf(name, kind, { ...before, ...own }));
    expect(changed).toMatchSnapshot();
  });
});

test.each(['local', 'hosted'] as const)('settings of a %s environment, and their defaults', (kind) => {
  expect(environment(kind)).toMatchSnapshot();
});
