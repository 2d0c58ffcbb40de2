import type { Application } from '../application';
import { next, previous, type RotationKey, type SecretKey } from '../kubernetes/secret-key';
import { components, componentsIn } from '.';
import type { AnyComponent, SecretDeclaration } from './component';
import { credentialsOf } from './credentials';

/** A secret of COPED. Each is in a Secret of its own, so that a pod can be given exactly what it needs. */
export interface Secret extends SecretKey {
  /** Name of the component that declares it. */
  readonly component: string;
  /** Label `app.kubernetes.io/name` of that component. */
  readonly software: string;
  readonly purpose: string;
  /** Login of that component's server; absent where only pods know the value. */
  readonly user?: string;
  readonly superuser?: true;
  /** The one component that reads it when it starts. */
  readonly for?: string;
  /** The only characters that it may have, and why. */
  readonly only?: SecretDeclaration['only'];
  /** Who makes it: 'hCaptcha'. Absent: `coped secrets init` does. */
  readonly from?: string;
  /** Fewest characters outside a laptop. Sixteen hexadecimal digits are 64 bits: too many to guess. */
  readonly minimum: number;
  /** Keys that exist besides it during a rotation. */
  readonly rotation: readonly RotationKey[];
}

/** The secrets of a component by their names in its file. */
export const secretsOf = <C extends AnyComponent>({
  name,
  software,
  secrets = {},
}: C): { readonly [Name in keyof C['secrets'] & string]: Secret } =>
  Object.fromEntries(
    Object.entries(secrets).map(([own, declared]) => {
      const { rotation, ...more }: SecretDeclaration =
        typeof declared === 'string' ? { purpose: declared } : declared;
      const key = {
        secret: own === 'password' ? name : `${name}-${own}`,
        key: 'password',
        ...more,
      };
      return [
        own,
        {
          minimum: 16,
          component: name,
          software,
          ...key,
          rotation: [
            ...(rotation === 'next and previous' ? [next(key)] : []),
            ...(rotation ? [previous(key)] : []),
          ],
        },
      ];
    }),
  ) as never;

const secretsAmong = (chosen: readonly AnyComponent[]): readonly Secret[] =>
  chosen
    .flatMap((component) => Object.values<Secret>(secretsOf(component)))
    .filter((secret) => secret.for === undefined || chosen.some(({ name }) => name === secret.for));

/** Every secret that an environment may have. */
export const secrets: readonly Secret[] = secretsAmong(components);

/** Those of an environment, with what its application has from elsewhere. */
export const secretsIn = (environment: { readonly application: Application }): readonly Secret[] => [
  ...secretsAmong(componentsIn(environment)),
  ...Object.values(credentialsOf(environment.application)),
];

/** What a laptop has instead of a secret: obviously fake, and the same on every laptop. */
export const fakeValue = ({ secret, key }: SecretKey): string => `fake-${secret}-${key}`;
