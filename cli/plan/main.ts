import { parseArgs } from 'node:util';
import type { Manifest } from '../../checker/manifests/manifest';
import type { Plan } from '../../checker/plan';
import { Problems } from '../../checker/problem';
import { coped } from '../../lib/coped';
import { environments } from '../../lib/environments';
import { filesOf, type ManifestFile } from '../../lib/output/files';
import { parseEnvironments } from '../../rules/environments';
import { plan } from '../../rules/plan';
import { subjectOf } from '../../rules/subject';
import { committedManifests, defaultRef, distAt } from '../dist/committed';
import { RefusedError } from '../terminal/errors';
import { markdown } from './markdown';
import { terminal } from './terminal';

const HELP = `Says what a deploy would do: what is created, changed and left behind, which pods restart and why, data at
risk, network opened or closed, privileges gained. Writes nothing, asks no cluster.

  npm run plan -- production                  from the last release (or HEAD, where there is none) to the sources now
  npm run plan -- production --from v1.0.0    from dist/production of any commit, branch or tag of Git
  npm run plan -- production --markdown       for a pull request

It compares files: what somebody changed in the cluster by hand is not in it; kubectl diff shows that.
Exit code 0: the plan is printed. 2: there is no plan, and why.
`;

/** @throws RefusedError if there is no environment of this name, or no such ref */
function planOf(name: string, ref: string): Plan {
  const [input] = environments.filter((environment) => environment.name === name);
  if (!input) throw new RefusedError(`${name}: is not an environment; choose from ${names}`);
  const commit = distAt(ref);
  // Environments of the same shape are compared with each other.
  const others = environments.filter((other) => other.name === input.shapeOf);
  const [environment, model] = parseEnvironments([input, ...others]).map((parsed) => ({
    parsed,
    files: filesOf(coped(parsed)),
  }));
  if (!environment) throw new RefusedError(`${name}: cannot be read`);
  const { parsed, files } = environment;
  const committed = committedManifests(commit, name, files);
  return plan({ ...subjectOf(parsed, objectsIn(files), committed), model: model && objectsIn(model.files) });
}

const objectsIn = (files: readonly ManifestFile[]): Manifest[] => files.flatMap(({ manifests }) => manifests);

const names = environments.map(({ name }) => name).join(', ');

function main(): void {
  const { values, positionals } = parseArgs({
    options: {
      from: { type: 'string' },
      markdown: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) {
    throw new RefusedError(`Name one environment: npm run plan -- <${names.replaceAll(', ', ' | ')}>`);
  }
  const from = values.from ?? defaultRef();
  const found = planOf(name, from);
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  console.log(values.markdown ? markdown(found, from) : terminal(found, from, colours));
}

try {
  main();
} catch (error) {
  // Arguments that do not exist come as a TypeError with a code; settings that do not fit come with their places.
  const { message } = error as Error;
  console.error(
    error instanceof RefusedError || error instanceof Problems
      ? message
      : `${message}\nSee npm run plan -- --help`,
  );
  process.exitCode = 2;
}
