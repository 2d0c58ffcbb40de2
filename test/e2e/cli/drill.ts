import { join } from 'node:path';
import { DRILL, drillEnvironment } from '../../../cli/drill/environment';
import { askPostgres } from '../hosted/access';
import { model } from '../hosted/environment';
import type { Suite } from '../step';
import { coped, expectEnd } from './program/in-process';

const SCRUB = join(__dirname, '..', '..', '..', 'lib', 'components', 'backup', 'scrub.sql');
const PEOPLE = "SELECT count(*) || ' ' || count(*) FILTER (WHERE email <> '') FROM auth_user";

/** `coped drill`, and a restore of another environment's data into what it leaves. */
export async function drill({ kubectl, report }: Suite): Promise<void> {
  const { name, images } = model.environment;
  const scope = kubectl.in(`coped-${DRILL}`);
  const yes = ['--yes', '--context', kubectl.context];
  const environment = drillEnvironment(kubectl.context, images.django);
  try {
    const played = await report.check('no row is lost', async () => {
      const ended = await coped(['drill', '--image', images.django, '--keep', '--json', ...yes]);
      expectEnd(ended, 0);
      const { recoverySeconds, rowsBackedUp, rowsLost, identical } = JSON.parse(ended.output);
      if (rowsBackedUp === 0 || rowsLost !== 0 || !identical) throw new Error(ended.output);
      return `${rowsLost} of ${rowsBackedUp} rows lost, from nothing to a site with its data in ${recoverySeconds.toFixed(0)} s`;
    });
    if (!played) return;
    const [dump] = JSON.parse((await coped(['backup', name, 'list', '--json'])).output);
    const restore = ['restore', DRILL, '--from', `${name}/${dump.name}`, ...yes];
    await report.check("another environment's data is refused without an option", async () =>
      expectEnd(await coped(restore, { environment }), 2, /--scrub or --no-scrub is required/),
    );
    await report.check('scrubbed, it is accepted, and has no address in it', async () => {
      const before = await askPostgres(kubectl.in(model.namespace), PEOPLE);
      expectEnd(await coped([...restore, '--scrub', SCRUB], { environment }), 0, /projects can be found/);
      const after = await askPostgres(scope, PEOPLE);
      if (/ 0$/.test(before) || !/ 0$/.test(after))
        throw new Error(`people, with an address: ${before}; then ${after}`);
      return `people, and those with an address: ${before}; then ${after}`;
    });
  } finally {
    await kubectl.run(['delete', 'namespace', `coped-${DRILL}`, '--ignore-not-found', '--wait=false']);
  }
}
