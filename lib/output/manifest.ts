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
  readonly spec?: {
    readonly template?: PodTemplate;
    readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } };
  };
  /** What components write is typed where they write it. */
  readonly [field: string]: unknown;
}

/** What is stamped: all that a pod template needs to have here. */
export interface PodTemplate {
  metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: object;
}
