import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, serverIn } from '../checker/analysis/servers';
import { containers, workloads } from '../checker/manifests/workloads';
import type { Application } from '../lib/application';
import { rule } from './rule';

const REQUIREMENTS = 'app/django/requirements.txt';

/** Version of the Elasticsearch client that an application is built with; undefined if it has none, or its source is elsewhere. */
export const searchClientVersion = ({ source }: Pick<Application, 'source'>): string | undefined =>
  source && /^elasticsearch(?:\[[^\]]*\])?==([\d.]+)/m.exec(requirementsOf(source.folder))?.[1];

/** Read once: many environments may have one application. */
function requirementsOf(folder: string): string {
  const path = join(__dirname, '..', 'app', folder, 'requirements.txt');
  const text = requirements.get(path) ?? (existsSync(path) ? readFileSync(path, 'utf8') : '');
  requirements.set(path, text);
  return text;
}
const requirements = new Map<string, string>();

export const searchClient = rule({
  id: 'search-client',
  what: 'Elasticsearch is older than its client in the application, or newer by more than one major version.',
  why: 'A client works with servers of its own minor version and of later ones, up to the next major version. A server of an earlier major version refuses every request; with one of an earlier minor version it may work, and Elastic guarantees nothing.',
  remedy: `Upgrade the server first, then the client (${REQUIREMENTS}).`,
  link: 'https://github.com/elastic/elasticsearch-py#compatibility',
  needs: ['searchClient'],
  find: ({ manifests, searchClient }) => {
    // Patches of both are released independently.
    const [major = 0, minor = 0] = searchClient.split('.').map(Number);
    return workloads(manifests)
      .filter(({ serves }) => serves)
      .flatMap(containers)
      .map(({ path, spec: { image: value }, init }) => {
        const server = serverIn(value);
        if (init || server?.product !== 'Elasticsearch') return undefined;
        const [serverMajor = major] = server.version;
        const older = compareVersions(server.version, [major, minor]) < 0;
        const than = older ? 'older than' : serverMajor > major + 1 && 'too new for';
        const because =
          serverMajor === major
            ? 'Elastic guarantees nothing for servers of an earlier minor version'
            : 'the server refuses every request';
        const wrong = `is ${than} the client in ${REQUIREMENTS}, ${searchClient}: ${because}`;
        const remedy = older
          ? `Use ${major}.${minor} or later, or an older client`
          : `Upgrade the client to ${serverMajor - 1} first`;
        return than && { where: `${path}.image`, value, wrong, remedy };
      });
  },
});
