import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { mounts } from '../../checker/analysis/container-mounts';
import { variableReader } from '../../checker/analysis/variables';
import { containers, workloads } from '../../checker/manifests/workloads';
import type { Manifest } from '../manifest';

/** What a container of dist/ gives to its program, for `test_containers.py`. */
interface Given {
  /** `production Deployment/web wait-for-schema` */
  readonly name: string;
  readonly command: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Paths of the files that Secrets put there, or may put there. */
  readonly files: readonly string[];
  /** The environment has no Secret in dist/: real ones are in its cluster. */
  readonly hosted: boolean;
}

const DIST = join(__dirname, '..', '..', 'dist');

/** Every container, init containers included, of every environment in dist/. */
export const containersOfDist = (): Given[] =>
  readdirSync(DIST)
    .filter((folder) => folder !== 'local')
    .flatMap((environment) => {
      const manifests = readdirSync(join(DIST, environment)).flatMap(
        (file) => loadAll(readFileSync(join(DIST, environment, file), 'utf8')) as Manifest[],
      );
      const variablesOf = variableReader(manifests);
      return workloads(manifests).flatMap((workload) =>
        containers(workload).map((container): Given => {
          const { name, command = [], args = [] } = container.spec;
          return {
            name: `${environment} ${workload.name} ${name}`,
            command: [...command, ...args].join(' '),
            variables: Object.fromEntries(variablesOf(container.spec)),
            files: mounts(container, workload, { environment, manifests })
              .filter(({ path }) => path.startsWith('/run/secrets/'))
              .flatMap(({ path, files = [] }) => files.map((file) => `${path}/${file}`)),
            hosted: !manifests.some(({ kind }) => kind === 'Secret'),
          };
        }),
      );
    });
