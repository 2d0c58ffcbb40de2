/** A Kubernetes object as it will be written: plain JSON. What each kind has besides is in `kubernetes.ts`. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Where types are switched off: objects of any kind that are walked or changed without one. */
// biome-ignore lint/suspicious/noExplicitAny: `unknown` would ask for a cast at every step down
export type Json = any;
