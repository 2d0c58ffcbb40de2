import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupCronJob } from '../backup/claim-pod';
import { fetchDump } from '../backup/fetch';
import { backupNow } from '../backup/now';
import { deleteNamespace } from '../cluster/delete-namespace';
import type { Site } from '../cluster/site';
import { askDjango, runInDjango } from '../restore/django';
import { restore } from '../restore/restore';
import { djangoShell, withOwner, withPostgres } from '../restore/site';
import { fromFile } from '../restore/source';
import type { World } from '../world';
import type { Outcome, Phase } from './outcome';
import type { Trial } from './trial';

const ROWS = 1000;
/** Rows that are in no backup: they are lost. */
const ROWS_AFTER = 25;

/** The drill itself: deploy, back up, destroy, deploy again, restore, compare. */
export async function play(world: World, trial: Trial): Promise<Outcome> {
  const { kubectl, environment } = trial;
  const site: Site = { world, kubectl, environment };
  const phases: Phase[] = [];
  const phase = async <T>(name: string, work: () => Promise<T>, recovery = false): Promise<T> => {
    world.terminal.say(world.terminal.paint('bold', `\n${name}`));
    const began = world.now().getTime();
    const result = await work();
    phases.push({ phase: name, seconds: (world.now().getTime() - began) / 1000, recovery });
    return result;
  };
  const folder = await mkdtemp(join(tmpdir(), 'coped-drill-'));
  try {
    const file = join(folder, 'drill.dump');
    await phase('deploy', async () => {
      await trial.deploy();
      await trial.migrate();
      await makeTable(site);
    });
    await phase(`write ${ROWS} rows`, () => writeRows(site, 'before', ROWS));
    const before = await digestOf(site, 'before');
    const cronJob = await backupCronJob(site);
    const [name = ''] = await phase('back up', () => backupNow(site, cronJob));
    await phase('fetch the dump', () => fetchDump(site, cronJob, { name, to: file }));
    await writeRows(site, 'after', ROWS_AFTER);
    await phase('destroy', () => deleteNamespace(world, kubectl));

    await phase('deploy again', () => trial.deploy(), true);
    const request = { yes: true, context: kubectl.context, anySchema: false };
    await phase(
      'restore',
      () => withPostgres(site, (inside) => restore(inside, fromFile(file), request)),
      true,
    );
    await phase('serve', () => trial.serves(), true);
    const found = await digestOf(site, 'before');
    // Writing works, too: rights and sequences are restored.
    await writeRows(site, 'again', 1);
    return {
      context: kubectl.context,
      namespace: kubectl.namespace ?? '',
      phases,
      recoverySeconds: phases.reduce((sum, { seconds, recovery }) => sum + (recovery ? seconds : 0), 0),
      rowsBackedUp: before.rows,
      rowsLost: before.rows - found.rows,
      identical: before.checksum === found.checksum,
      rowsAfterBackup: ROWS_AFTER,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Programs of Django's shell; `row.py` is the beginning of each. */
const program = (file: string) =>
  ['row.py', file].map((name) => readFileSync(join(__dirname, name), 'utf8')).join('');

const web = (site: Site) => djangoShell(site, 'deployment/web');

/** Rows need a table of their own: an application may have none that a stranger can write to. */
const makeTable = (site: Site): Promise<unknown> =>
  withOwner(site, 'drill', (pod) => runInDjango(djangoShell(site, pod), program('table.py')));

/** Writes rows of a kind as web would. */
const writeRows = (site: Site, label: string, count: number): Promise<string> =>
  runInDjango(web(site), program('rows.py'), [`DRILL_LABEL=${label}`, `DRILL_COUNT=${count}`]);

/** The rows of a kind: their number, and a checksum of what is in them. */
const digestOf = (site: Site, label: string): Promise<{ rows: number; checksum: string }> =>
  askDjango(web(site), program('digest.py'), [`DRILL_LABEL=${label}`]);
