import { inventory } from '../../checker/manifests/inventory';
import type { Manifest } from '../../checker/manifests/manifest';
import { references } from '../../checker/manifests/references';
import type { Environment } from '../../lib/environments/environment';
import { type ExternalKey, externalKeys } from '../../rules/external-secrets';
import type { Site } from '../cluster/site';
import { RefusedError } from '../terminal/errors';
import { howToBring } from './bring';

/** The names of Secrets and of their keys that have a value: the values stay in kubectl. */
const KEYS =
  '{{range .items}}{{$name := .metadata.name}}{{range $key, $value := .data}}{{if $value}}{{$name}} {{$key}}{{"\\n"}}{{end}}{{end}}{{end}}';

/**
 * Checks that every Secret exists that the pods of a release need: otherwise they never start.
 * @throws RefusedError with everything that is missing
 */
export async function requireSecrets(
  { world, kubectl, environment }: Site,
  manifests: readonly Manifest[],
): Promise<void> {
  const needed = neededKeys(environment, manifests);
  if (needed.length === 0) return;
  const { code, stdout, stderr } = await kubectl.attempt(['get', 'secrets', `--output=go-template=${KEYS}`]);
  if (code !== 0 && /forbidden/i.test(stderr)) {
    world.terminal.say('You may not list Secrets: pods will show whether one is missing.');
    return;
  }
  if (code !== 0) throw new Error(`kubectl get secrets: ${stderr.trim()}`);
  const existing = new Set(stdout.split('\n'));
  const missing = needed.filter(({ secret, key }) => !existing.has(`${secret} ${key}`));
  if (missing.length === 0) return;
  const lines = missing.map(({ secret, key, purpose }) =>
    `    ${secret}, key ${key}: ${purpose}`.replace(/: $/, ''),
  );
  throw new RefusedError(
    `${kubectl.namespace} lacks secrets that pods wait for:\n${lines.join('\n')}`,
    howToBring({ kubectl, environment }, missing).join('; '),
  );
}

/** What the objects refer to, but neither what is part of the release nor what a controller makes of it. */
function neededKeys(environment: Environment, manifests: readonly Manifest[]): ExternalKey[] {
  const made = inventory({ environment: environment.name, manifests });
  const table = externalKeys(environment);
  const needed = references(manifests)
    .filter(({ kind, name, optional }) => kind === 'Secret' && !optional && !made.has(`Secret/${name}`))
    .flatMap(({ name, key }): ExternalKey[] => {
      const known = table.filter((one) => one.secret === name && (key === undefined || one.key === key));
      return known.length > 0 || key === undefined
        ? known
        : [{ secret: name, key, purpose: '', type: 'Opaque' }];
    });
  return [...new Map(needed.map((one) => [`${one.secret} ${one.key}`, one])).values()];
}
