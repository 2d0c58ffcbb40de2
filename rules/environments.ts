import { Problems } from '../checker/problem';
import type { Environment } from '../lib/environments/environment';
import { readEnvironments } from '../lib/environments/parse';

/**
 * Checks environments against the schema and fills in the defaults.
 * @throws Problems with everything that is wrong in any of them.
 */
export function parseEnvironments(inputs: readonly unknown[]): Environment[] {
  const { environments, problems } = readEnvironments(inputs);
  if (problems.length > 0) throw new Problems(problems);
  return environments;
}

/**
 * The environments with these names, or all of them.
 * @throws Problems if a name is not known.
 */
export function select<E extends { name: string }>(all: readonly E[], names: readonly string[]): E[] {
  const known = all.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const remedy = `Choose from ${known.join(', ')}; a new one is a file in lib/environments and a line in its index.ts`;
    throw new Problems(
      unknown.map((name) => ({
        environment: name,
        where: 'name',
        value: name,
        wrong: 'is not an environment',
        remedy,
      })),
    );
  }
  return all.filter(({ name }) => names.length === 0 || names.includes(name));
}
