import { backupCronJob, withDumps } from '../backup/claim-pod';
import { clusterOf, environmentNamed } from '../cluster/environment';
import { requireOwnDatabase } from '../cluster/site';
import { requireConsent } from '../terminal/confirm';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { forget, listKept, undo } from './kept-databases';
import { restore } from './restore';
import { withPostgres } from './site';
import { fromClaim, fromFile, type Source, type Supply, scrubOf, sourceOf } from './source';

/** What was typed. */
export interface Options {
  readonly from?: string;
  readonly fromContext?: string;
  readonly scrub?: string | false;
  readonly anySchema?: boolean;
  readonly undo?: string | true;
  readonly forget?: string;
  readonly list?: boolean;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly context?: string;
}

/** Does the one thing that the options name. */
export async function act(world: World, name: string, options: Options): Promise<void> {
  requireOneAction(options);
  const environment = environmentNamed(world, name);
  requireOwnDatabase(environment, 'restore');
  const source = options.from === undefined ? undefined : sourceOf(world, environment, options.from);
  const scrub = source && scrubOf(environment, source, options);
  const file = source?.kind === 'file' ? fromFile(source.path) : undefined;
  const kubectl = await clusterOf(world, environment, options.context);
  if (!options.list) requireConsent(world, environment, options, 'its database is about to be replaced');
  await withPostgres({ world, environment, kubectl }, async (site) => {
    if (options.list) return listKept(site, options.json);
    if (options.forget) return forget(site, options.forget, options);
    if (options.undo) return undo(site, options.undo === true ? undefined : options.undo, options);
    const request = { ...options, scrub, anySchema: options.anySchema === true };
    const go = (supply: Supply) => restore(site, supply, request);
    if (file) return go(file);
    if (source?.kind === 'own') return go(await fromClaim(site.shell, name, source.name, true));
    if (source?.kind === 'other') return withDumpOf(world, source, options.fromContext, go);
  });
}

/** Runs something with a dump of another environment, which is only read. */
async function withDumpOf(
  world: World,
  { environment, name }: Extract<Source, { kind: 'other' }>,
  context: string | undefined,
  go: (supply: Supply) => Promise<void>,
): Promise<void> {
  const site = { world, environment, kubectl: await clusterOf(world, environment, context) };
  const progress = { progress: (text: string) => world.terminal.say(text) };
  await withDumps(site, await backupCronJob(site), progress, async (shell) =>
    go(await fromClaim(shell, environment.name, name, false)),
  );
}

function requireOneAction({ from, list, forget, undo }: Options): void {
  const given = Object.entries({ '--from': from, '--list': list, '--forget': forget, '--undo': undo })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (given.length === 1) return;
  throw new RefusedError(
    given.length === 0 ? 'nothing to restore' : `${given.join(' and ')} cannot be combined`,
    'Use one of --from, --list, --undo, --forget; see npx coped restore --help',
  );
}
