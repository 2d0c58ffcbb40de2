import type { Manifest } from '../../../checker/manifests/manifest';
import { commands as component } from '../../../lib/components/django/commands';
import type { Environment } from '../../../lib/environments/environment';
import { manifestsOf } from '../../dist/manifests';

/** Its namespace is coped-doctor. */
export const TRIAL = 'doctor';

export type Local = Extract<Environment, { readonly kind: 'local' }>;

/**
 * An environment of this machine in which the application is tried: as where people can reach it, its code is read-only. Each of its
 * commands is there, whether or not it runs at set times.
 */
export function trialOf(environment: Local): Local {
  const { application, web, django, commands } = environment;
  const all = Object.keys(application.commands ?? {}).map((name) => [
    name,
    commands?.[name] ?? { schedule: '0 0 1 1 *', deadline: 3600 },
  ]);
  return {
    ...environment,
    name: TRIAL,
    django: { ...django, reload: false, databaseOnStart: 'flush-and-migrate' },
    web: { ...web, nodePort: undefined },
    commands: all.length > 0 ? component.settings.local.parse(Object.fromEntries(all)) : environment.commands,
  };
}

/** What it reserves: it has to find room beside the environment itself, on two cores. */
const CPU = /"cpu":"\w+"/g;

/** Its objects: those that run, and those that the application's programs are started from. */
export function trialManifests(trial: Local): { readonly all: Manifest[]; readonly applied: Manifest[] } {
  const all: Manifest[] = JSON.parse(JSON.stringify(manifestsOf(trial)).replaceAll(CPU, '"cpu":"1m"'));
  const tiers = ['foundation', 'network', 'data'];
  const applied = all.filter(
    ({ kind, metadata }) =>
      ['ConfigMap', 'ServiceAccount'].includes(kind) ||
      tiers.includes(metadata.labels?.['coped.org/tier'] ?? ''),
  );
  return { all, applied };
}
