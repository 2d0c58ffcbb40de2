import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../checker/manifests/manifest';
import { nameOf } from '../checker/manifests/workloads';
import type { Problem } from '../checker/problem';

const ROOT = join(__dirname, '..');
const COMPONENTS = 'lib/components';

/** The problem with the file to change, where the object has it. */
export function withSource(problem: Problem, manifests: readonly Manifest[]): Problem {
  const source = sourceOf(problem, manifests);
  return source === undefined ? problem : { ...problem, source };
}

function sourceOf({ where, environment }: Problem, manifests: readonly Manifest[]): string | undefined {
  const [object = ''] = where.split(' ');
  const [kind = ''] = object.split('/');
  if (kind === 'NetworkPolicy') return 'lib/network/flows.ts';
  if (['ResourceQuota', 'budget'].includes(kind)) return `lib/environments/${environment}.ts`;
  const found = manifests.find((manifest) => nameOf(manifest) === object);
  return found && fileOf(found.metadata.labels?.['app.kubernetes.io/component'] ?? found.metadata.name);
}

/** The file that declares a component of this name. Read only once something is wrong. */
const fileOf = (component: string): string | undefined =>
  readdirSync(join(ROOT, COMPONENTS), { recursive: true, encoding: 'utf8' })
    .map((path) => `${COMPONENTS}/${path.replaceAll('\\', '/')}`)
    .find(
      (path) =>
        path.endsWith('.ts') && readFileSync(join(ROOT, path), 'utf8').includes(`\n  name: '${component}',`),
    );
