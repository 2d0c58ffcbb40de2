import type { ApiObject } from 'cdk8s';

const TYPE = 'coped:comment';

/** Line comments of an object's YAML: path of the value → the text above it. */
export type Comments = ReadonlyMap<string, string>;

/** Puts a comment above a value of an object where it is written: `spec.ingress.0`. */
export const comment = (object: ApiObject, path: string, text: string): void =>
  object.node.addMetadata(TYPE, [path, text]);

export const commentsOf = (object: ApiObject): Comments =>
  new Map(
    object.node.metadata.filter(({ type }) => type === TYPE).map(({ data }) => data as [string, string]),
  );
