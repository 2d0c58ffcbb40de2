import { z } from 'zod';
import type { Application } from '../application';
import { components } from '../components';
import { certificatesSettings } from '../components/certificates';
import type { AnyComponent, Settings } from '../components/component';
import { absent, bytes, contextName, cpu, dnsName, integer, objectName } from '../kubernetes/values';
import { applicationFits, isApplication } from './application';
import { clusterSettings } from './cluster';
import { imagesOfComponents, prefixOfMetabase, programsOfApplication, stickySessions } from './combinations';
import { hostedImages, localImages } from './images';
import { authoritiesAreTold, databaseConnections, databaseOfMetabase, dumpedSomewhere } from './servers';

type Kind = keyof Settings;
type Component = (typeof components)[number];
type WithSettings = Extract<Component, { readonly settings: Settings }>;
type SettingsOfAll<K extends Kind> = {
  readonly [C in WithSettings as C['name']]: C['settings'][K];
};

/** The settings of all components, by their names. */
const settingsOfAll = <K extends Kind>(kind: K) =>
  Object.fromEntries(
    components.flatMap(({ name, settings }: AnyComponent) => (settings ? [[name, settings[kind]]] : [])),
  ) as unknown as SettingsOfAll<K>;

/** `dist/local` has the laptop's ingress controller, and a namespace's name has 63 characters. */
const environmentName = objectName
  .refine((name) => name !== 'local', {
    error: "is the folder of the laptop's ingress controller in dist; write another name",
  })
  .refine((name) => name.length <= 57, {
    error: 'is too long for its namespace, coped-<name>; write at most 57 characters',
  });

/** What every environment states, of either kind. */
const common = {
  /** Name of the environment, of its folder in dist, and the end of its namespace: `coped-<name>`. */
  name: environmentName,
  /** What its images are; the sample, or a file of your own in lib/applications. */
  application: z.custom<Application>(isApplication, {
    error: 'lacks a field that every application has; run `npm run typecheck`, which names it',
  }),
  cluster: clusterSettings.prefault({}),
  /**
   * What all pods together may reserve at rest: every server at its smallest, and the release's Jobs. What the cluster must
   * have free for a first deploy, and a growth that a reviewer sees.
   */
  budget: z.strictObject({ cpu, memory: bytes }),
  /** The most that the whole namespace may take, everything running at once: autoscaled, mid-rollout, with every Job. */
  quota: z.strictObject({
    cpu,
    memory: bytes,
    memoryLimit: bytes,
    ephemeralStorage: bytes,
    storage: bytes,
    pods: integer(1, 500),
  }),
};

const COMBINATIONS = [
  applicationFits,
  imagesOfComponents,
  programsOfApplication,
  stickySessions,
  databaseConnections,
  prefixOfMetabase,
  databaseOfMetabase,
] as const;

/** A laptop: reached as localhost, throws its data away, and shows its secrets. */
const local = z
  .strictObject({
    ...common,
    ...settingsOfAll('local'),
    kind: z.literal('local'),
    /** Name under which a browser finds it: this machine, so that debug mode and fake secrets stay there. */
    host: z.literal('localhost', {
      error: 'is not this machine; write "localhost", or make the environment kind "hosted"',
    }),
    images: localImages,
    secrets: z
      .strictObject({
        /** Every secret has a value that is published in dist: see fakeValue. */
        source: z.literal('fake', {
          error: 'is not where a local environment has its secrets from; remove the key',
        }),
      })
      .prefault({ source: 'fake' }),
    /** Claims outlive what uses them. */
    keepData: z.boolean().default(false),
    /** Disruption budgets, and replicas on different machines. */
    resilient: z.boolean().default(false),
    contexts: absent('belongs to hosted environments; remove the key: any cluster on this machine will do'),
    shapeOf: absent('belongs to hosted environments; remove the key'),
    certificates: absent('belongs to hosted environments: localhost is plain HTTP; remove the key'),
  })
  .check(...COMBINATIONS);

const ALWAYS = 'is always on where people can reach the site; remove the key';

/** A real cluster: reached by people, keeps its data, and never knows a secret. */
const hosted = z
  .strictObject({
    ...common,
    ...settingsOfAll('hosted'),
    kind: z.literal('hosted'),
    /**
     * The kubectl contexts that lead to its cluster, as `kubectl config get-contexts` lists them: `npx coped` refuses every
     * other. Each colleague has to call the cluster by one of these names. Nothing of it is in the YAML.
     */
    contexts: z.array(contextName).min(1, { error: 'names no cluster; write at least one kubectl context' }),
    /** The environment that this one is a smaller copy of: what may differ is declared in differences.ts. */
    shapeOf: objectName.optional(),
    /** Public name of the site. */
    host: dnsName
      .refine((host) => host.includes('.'), {
        error: 'is not a public DNS name; write it in full, e.g. "coped.example.org"',
      })
      .refine((host) => !/\.(svc|svc\..*|cluster\.local|localhost)$/.test(host), {
        error:
          'is a name inside a cluster, which no browser finds; write a public one, e.g. "coped.example.org"',
      }),
    images: hostedImages,
    secrets: z
      .strictObject({
        /** They are in the cluster already; nothing about their values is known here. */
        source: z.literal('existing', {
          error:
            'is not how a hosted environment gets its secrets; write "existing", no value of a secret belongs into Git',
        }),
      })
      .prefault({ source: 'existing' }),
    keepData: z.literal(true, { error: ALWAYS }).default(true),
    resilient: z.literal(true, { error: ALWAYS }).default(true),
    certificates: certificatesSettings,
  })
  .check(...COMBINATIONS, dumpedSomewhere, authoritiesAreTold);

/** The shape of everything that may differ between environments, with its default, its limits and its meaning. */
export const environmentSchema = z.discriminatedUnion('kind', [local, hosted], {
  error: 'is not a kind of environment; write "local" or "hosted"',
});

/** An environment with every default filled in. */
export type Environment = z.infer<typeof environmentSchema>;

/** What `development.ts` may say. */
export type LocalEnvironment = z.input<typeof local>;
/** What `staging.ts` and `production.ts` may say. */
export type HostedEnvironment = z.input<typeof hosted> & Dumped;
/** Without dumps of ours there are those of who runs the server. */
type Dumped = { readonly backup: object } | { readonly postgres: { readonly kind: 'external' } };

/** Programs refuse published secrets, unless the environment itself has such. */
export const requiresRealSecrets = ({ secrets }: Environment): boolean => secrets.source !== 'fake';

/** Where an environment's objects live. */
export const namespaceOf = ({ name }: Pick<Environment, 'name'>): string => `coped-${name}`;

/** Names under which the site is asked for; the first is its own. On a laptop many tools print its address instead. */
export const hostsOf = ({
  kind,
  host,
}: Pick<Environment, 'kind' | 'host'>): readonly [string, ...string[]] =>
  kind === 'local' ? [host, '127.0.0.1'] : [host];
