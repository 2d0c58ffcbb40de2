import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../checker/manifests/manifest';
import { nameOf } from '../checker/manifests/workloads';
import type { Problem } from '../checker/problem';
import { Problems } from '../checker/problems';
import { defaultImages, type Images, imageNames } from '../lib/components/images';
import { coped } from '../lib/coped';
import type { Environment } from '../lib/environments/environment';
import { imagesFile } from '../lib/environments/images';
import { filesOf, type ManifestFile } from '../lib/output/files';
import { rules, runChecks } from '.';
import { parseEnvironments } from './environments';
import { modelOf, subjectOf } from './subject';

/** What an environment becomes: a folder of its name. */
export interface Folder {
  readonly name: string;
  readonly files: readonly ManifestFile[];
}

/** The same environment's objects as they were last committed; the checks compare volumes with them. */
export type Before = (name: string, files: readonly ManifestFile[]) => readonly Manifest[];

/**
 * Values → schema → objects → checks. Writes nothing.
 *
 * @param inputs environments as written
 * @param before nothing, if there is nothing to compare with
 * @throws Problems with everything that is wrong in any environment
 */
export const synthesize = (inputs: readonly unknown[], before?: Before): Folder[] => [
  ...synthesized(inputs, before),
];

/** The same, one environment at a time: the objects of a thousand take more memory than is needed. Throws after the last one. */
export function* synthesized(inputs: readonly unknown[], before: Before = () => []): Generator<Folder> {
  const environments = parseEnvironments(inputs);
  const compared = new Set(environments.map(({ shapeOf }) => shapeOf));
  const models = new Map<string | undefined, Made>(
    environments.filter(({ name }) => compared.has(name)).map((one) => [one.name, made(one)]),
  );
  const problems: Problem[] = [];
  for (const environment of environments) {
    const { files, manifests } = models.get(environment.name) ?? made(environment);
    const subject = subjectOf(environment, manifests, before(environment.name, files));
    const found = runChecks({ ...subject, ...modelOf(models.get(environment.shapeOf)) });
    problems.push(...found.map((problem) => withSource(problem, manifests, environment)));
    if (problems.length === 0) yield { name: environment.name, files };
  }
  if (problems.length > 0) throw new Problems(problems.sort((a, b) => orderOf(a) - orderOf(b)));
}

interface Made {
  readonly environment: Environment;
  readonly files: readonly ManifestFile[];
  readonly manifests: readonly Manifest[];
}

function made(environment: Environment): Made {
  const files = filesOf(coped(environment));
  return { environment, files, manifests: files.flatMap((file) => file.manifests) };
}

/** Causes come before what follows from them, in whichever environment they are. */
const orderOf = ({ check }: Problem): number => rules.findIndex(({ id }) => id === check);

const ROOT = join(__dirname, '..');
const COMPONENTS = 'lib/components';

/** The problem with the file to change, where the object has it. */
function withSource(
  problem: Problem,
  manifests: readonly Manifest[],
  { images }: Pick<Environment, 'images'>,
): Problem {
  const source = isNamed(problem.value, images)
    ? imagesFile(problem.environment)
    : sourceOf(problem, manifests);
  return source === undefined ? problem : { ...problem, source };
}

/** The reference of an image that the environment itself names: no other is as the component says it. */
const isNamed = (value: unknown, images: Images): boolean =>
  imageNames.some((name) => images[name] === value && value !== undefined && value !== defaultImages[name]);

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
