/**
 * Part of a manifest, walked as plain JSON. Manifests may be somebody else's, and wrong: a type for each kind would promise
 * fields that nobody has looked for. What is certain of every object is in `Manifest`.
 */
// biome-ignore lint/suspicious/noExplicitAny: the one place where types are switched off; `unknown` would ask for a cast at every step down
export type Json = any;

/** A Kubernetes object as it will be written: plain JSON. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: Json;
}
