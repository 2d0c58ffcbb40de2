import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { Application, Source } from '../application';
import type { Identity } from '../kubernetes/labels';
import type { SecretKey } from '../kubernetes/secret-key';
import { absent, ONCE } from '../kubernetes/values';
import type { CertificatesSettings } from './certificates';

/** The file of dist that a component's objects are in, its label, and its side of the boundary. */
export type Tier = 'data' | 'web' | 'edge' | 'operations';

/** A secret of a component. */
export interface SecretDeclaration {
  /** What it is for: a sentence for docs/secrets.md. */
  readonly purpose: string;
  /** @default `<component>-<name>`; the component's own name where the secret is called `password` */
  readonly secret?: string;
  /** @default 'password' */
  readonly key?: string;
  /** The login of the component's server that it belongs to; absent where only pods know the value. */
  readonly user?: string;
  /** The one component that reads it, where that is not the application: without it there is no such secret, and with another value it is restarted. */
  readonly for?: string;
  /** That login may change the passwords of all others. */
  readonly superuser?: true;
  /** The one component that needs the login where the server is someone else's; absent where the application does. */
  readonly reader?: string;
  /** Values that its readers accept besides the current one, so that no request fails during a rotation. */
  readonly rotation?: 'previous' | 'next and previous';
  /** The only characters that a value may have, as in a regular expression, where its readers do not cope with others. */
  readonly only?: { readonly letters: string; readonly why: string };
  /** Fewest characters of a value outside a laptop. @default 16 */
  readonly minimum?: number;
}

/** The image of the environment's application, which says itself what it is built from. */
export interface ApplicationImage {
  readonly of: 'application';
}

/** An image of our own; its reference is in lib/environments/images. */
export type OwnImage = Source | ApplicationImage;

/** What an environment of each kind may set. */
export interface Settings<Local extends z.ZodType = z.ZodType, Hosted extends z.ZodType = z.ZodType> {
  readonly local: Local;
  readonly hosted: Hosted;
}

/** The same settings in every environment. Optional settings make an optional component. */
export const everywhere = <S extends z.ZodType>(schema: S): Settings<S, S> => ({
  local: schema,
  hosted: schema,
});

/** A component that a laptop does not have. */
export const hostedOnly = <S extends z.ZodType>(schema: S, why: string) => ({
  local: absent(why),
  hosted: schema,
});

/** What a component may know of its environment besides its own settings. Values, never the environment's name. */
export interface Surroundings {
  readonly application: Application;
  readonly namespace: string;
  /** Names of its components. */
  readonly components: readonly string[];
  /** Names under which browsers ask for the site; the first is its own. */
  readonly hosts: readonly [string, ...string[]];
  /** Volumes outlive what uses them. */
  readonly keepData: boolean;
  /** Disruption budgets, and replicas on different machines. */
  readonly resilient: boolean;
  /** Pods refuse passwords that are published with the code. */
  readonly realSecrets: boolean;
  /** Changes with every release: what has to run once per release is annotated with it. */
  readonly release: string;
  /** Absent on a laptop, which is plain HTTP. */
  readonly certificates?: CertificatesSettings;
}

/** Whether an environment may leave it out. */
export const isOptional = ({ settings }: Pick<AnyComponent, 'settings'>): boolean =>
  settings?.hosted.safeParse(undefined, ONCE).data === undefined && settings !== undefined;

/** Any component, for code that goes through the list. */
export interface AnyComponent {
  readonly name: string;
  readonly tier: Tier;
  /** Label `app.kubernetes.io/name` of its objects. */
  readonly software: string;
  /** It has no pods, and so no network policy. */
  readonly configuration?: true;
  readonly partOf?: string;
  readonly image?: string | OwnImage | AnyComponent;
  readonly ports?: Readonly<Record<string, number>>;
  readonly secrets?: Readonly<Record<string, string | SecretDeclaration>>;
  readonly settings?: Settings;
  build(given: never): unknown;
}

export type OutputOf<S> = S extends Settings<infer L, infer H> ? z.output<L> | z.output<H> : null;

/** What `use` gives: the other component's connection; undefined in an environment that may not have it. */
type ConnectionOf<C extends AnyComponent> =
  | ReturnType<C['build']>
  | (undefined extends OutputOf<C['settings']> ? undefined : never);

type DeclaredSecret<D> = SecretKey & (D extends { user: infer U extends string } ? { user: U } : unknown);

/** What a component is built from. */
export interface Given<S, Secrets, Ports = unknown> {
  readonly scope: Construct;
  /** Its names, for whatever runs its pods. */
  readonly identity: Identity;
  readonly settings: Exclude<OutputOf<S>, undefined>;
  /** Reference of its image. */
  readonly image: string;
  readonly ports: Ports;
  readonly secrets: { readonly [Name in keyof Secrets]: DeclaredSecret<Secrets[Name]> };
  readonly environment: Surroundings;
  /** Connection of a component that comes before it in the list. */
  readonly use: <C extends AnyComponent>(component: C) => ConnectionOf<C>;
}

/** Everything that is true of one running thing; every table is made from the list of components. */
export const component = <
  const Name extends string,
  Connection,
  S extends Settings | undefined = undefined,
  const Secrets extends Readonly<Record<string, string | SecretDeclaration>> = Record<never, never>,
  const Image extends string | OwnImage | AnyComponent | undefined = undefined,
  const Ports extends Readonly<Record<string, number>> = Record<never, never>,
  const Configuration extends true | undefined = undefined,
>(definition: {
  /** Of its objects, of its key in an environment, and in the table of flows. */
  readonly name: Name;
  readonly tier: Tier;
  /** The software that it is: label `app.kubernetes.io/name` of its objects. */
  readonly software: string;
  /** It has no pods. */
  readonly configuration?: Configuration;
  /** Name of the component without which it is not there either. */
  readonly partOf?: string;
  /** Reference of a third party's image, folder of our own, or the component whose image it runs. */
  readonly image?: Image;
  /** Ports that others connect to: name → number. */
  readonly ports?: Ports;
  /** Name → what it is for, or more. */
  readonly secrets?: Secrets;
  readonly settings?: S;
  /** Makes the objects, and says what others need to reach them. */
  build(given: Given<S, Secrets, Ports>): Connection;
}) =>
  definition as typeof definition & {
    readonly configuration: Configuration;
    readonly image: Image;
    readonly ports: Ports;
    readonly settings: S;
    readonly secrets: Secrets;
  };
