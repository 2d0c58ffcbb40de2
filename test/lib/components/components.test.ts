import { diff } from 'jest-diff';
import { z } from 'zod';
import { components } from '../../../lib/components';
import type { AnyComponent } from '../../../lib/components/component';
import { imageNames } from '../../../lib/components/images';
import { coped } from '../../../lib/coped';
import type { HostedEnvironment, LocalEnvironment } from '../../../lib/environments/environment';
import { filesOf } from '../../../lib/output/files';
import type { Manifest } from '../../../lib/output/manifest';
import { parseEnvironments } from '../../../rules/environments';
import { busy } from '../../optional';
import { yamlOf } from '../../yaml';

/** It declares everything that an application may. */
const application = { ...busy, alive: { file: '/tmp/alive', within: 60 } };

type Kind = 'local' | 'hosted';
type Settings = Readonly<Record<string, unknown>>;

const sample = yamlOf<Record<Kind, object> & { candidates: unknown[] }>(__dirname, 'sample.yaml');
const images = Object.fromEntries(imageNames.map((name) => [name, `example.org/${name}:1.2.3`]));

/** Where a value must fit another. */
const BY_NAME: Readonly<Record<string, unknown>> = { kernelMemory: '700Mi' };

/** Only what has no default; a component that may be left out is there. */
const leastSettings = (schema: z.ZodType): unknown =>
  given(schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema, false);

/** A value for every setting, another than its default. */
const allSettings = (schema: z.ZodType): unknown => given(schema, true);

function given(schema: z.ZodType, everything: boolean): unknown {
  if (!everything && schema.safeParse(undefined).success) return undefined;
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodObject) {
    const entries = Object.entries(inner.shape as Record<string, z.ZodType>);
    return Object.fromEntries(
      entries
        .map(([key, child]) => [key, (everything && BY_NAME[key]) || given(child, everything)])
        .filter(([, value]) => value !== undefined),
    );
  }
  if (inner instanceof z.ZodArray) return [given(inner.element as z.ZodType, everything)];
  if (inner instanceof z.ZodLiteral) return inner.value;
  if (inner instanceof z.ZodUndefined) return undefined;
  const usual = schema.safeParse(undefined).data;
  if (inner instanceof z.ZodEnum) return inner.options.find((option) => option !== usual);
  const found = [...(everything ? [] : [1]), ...sample.candidates].find((value) => {
    const result = inner.safeParse(value);
    return result.success && JSON.stringify(result.data) !== JSON.stringify(usual);
  });
  if (found === undefined && inner instanceof z.ZodUnion)
    return given(inner.options[0] as z.ZodType, everything);
  if (found === undefined) throw new Error(`no sample value fits ${inner.def.type}: add one to sample.yaml`);
  return found;
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrapped(schema.def.innerType as z.ZodType);
  }
  return schema;
}

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
  const input = { ...sample[kind], application, images, ...least[kind], ...settings };
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
    // Metabase needs Traefik.
    const without = { metabase: undefined, images: { ...images, metabase: undefined } };
    const others = name === 'ingress' ? { ...ample, ...without } : ample;
    const before = name === 'postgres' ? {} : others;
    const changed = changes(objectsOf(name, kind, before), objectsOf(name, kind, { ...before, ...own }));
    expect(changed).toMatchSnapshot();
  });
});

test.each(['local', 'hosted'] as const)('settings of a %s environment, and their defaults', (kind) => {
  const settings = Object.entries(environment(kind) ?? {}).filter(([key]) => key !== 'application');
  expect(Object.fromEntries(settings)).toMatchSnapshot();
});
