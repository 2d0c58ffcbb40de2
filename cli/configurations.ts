import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';

/**
 * The files that the variable KUBECONFIG names, if it names some and none of them exists; undefined if kubectl has what it reads.
 * One of several may be missing: kubectl takes the others.
 */
export function absentConfigurations(variable = ''): readonly string[] | undefined {
  const files = variable.split(delimiter).filter(Boolean);
  return files.length > 0 && !files.some((file) => existsSync(file)) ? files : undefined;
}
