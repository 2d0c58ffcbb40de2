/** `postgres-bootstrap`, of `postgres-bootstrap-5ba3c74965`: the same Job in every release. See lib/output/stamp.ts. */
export const withoutHash = (name: string): string => name.replace(/-[0-9a-f]{10}$/, '');
