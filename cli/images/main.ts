import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problems } from '../../checker/problem';
import { type ImageName, imageNames } from '../../lib/components/images';
import { environments } from '../../lib/environments';
import { RefusedError } from '../terminal/errors';
import { change } from './change';
import { asksForImages } from './requested';
import { told } from './told';

const HELP = `Changes the images of an environment: its file in lib/environments/images, and dist/. Everything is judged first;
where anything is wrong, all of it is told and nothing is written. Asks no registry and no cluster.

  npm run images -- staging --django ghcr.io/us/coped/django:1.1.0@sha256:… --dashboards ghcr.io/us/coped/dashboards:1.1.0@sha256:…
                                              a release, to be tried on staging; production stays as it is
  npm run images -- production --from staging what staging has tried goes to production
  npm run images -- staging --from production the trial is given up

  --${imageNames.join(' <image>, --')} <image>
                 registry/name:tag@sha256:digest; a tag that names one version will do where no digest is there yet
  --json         what has changed, for a script

Exit code 0: it is written, or nothing changes. 1: it does not fit, and nothing was written. 2: not understood.
`;

const text = { type: 'string' } as const;
const images = Object.fromEntries(imageNames.map((name) => [name, text])) as Record<ImageName, typeof text>;

function main(): void {
  const { values, positionals } = parseArgs({
    options: {
      ...images,
      from: text,
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { from, json, help: _, ...wanted } = values;
  const [environment, ...more] = positionals;
  const names = environments.map(({ name }) => name).join(' | ');
  if (environment === undefined || more.length > 0) {
    throw new RefusedError(`Name one environment: npm run images -- <${names}> …`);
  }
  if (asksForImages(wanted) === (from !== undefined)) {
    throw new RefusedError(
      `Say which images (--${imageNames.join(', --')}) or --from <${names}>, one of both`,
    );
  }
  const request = { environment, wanted, ...(from !== undefined && { from }) };
  const changed = change(environments, request, join(__dirname, '..', '..'));
  console.log(json ? JSON.stringify({ changed }, undefined, 2) : told(changed));
}

try {
  main();
} catch (error) {
  // Arguments that do not exist come as a TypeError with a code; settings that do not fit come with their places.
  const { message } = error as Error;
  const known = error instanceof RefusedError || error instanceof Problems;
  console.error(known ? message : `${message}\nSee npm run images -- --help`);
  process.exitCode = error instanceof Problems ? 1 : 2;
}
