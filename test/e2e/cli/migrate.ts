import type { Kubectl } from '../../../cli/cluster/kubectl';
import { until } from '../../../cli/cluster/waiting';
import { askPostgres } from '../hosted/access';
import { model } from '../hosted/environment';
import type { Draft } from '../step';
import { coped, expectEnd, interruptedAt } from './program/in-process';
import { copedItself } from './program/own-process';

/** Forgets that a migration was run; run again, it fails, because its table is there. */
const FORGET = "DELETE FROM django_migrations WHERE app = 'sessions'";
const REMEMBER =
  "INSERT INTO django_migrations (app, name, applied) VALUES ('sessions', '0001_initial', now())";

const { environment, namespace } = model;

/** `coped migrate` and `coped manage`. */
export const migrate: Draft = {
  name: 'coped-migrate',
  about: 'migrations by hand: planned, refused, run; and a management command',
  core: 'a part of every release',
  async run({ kubectl, report }) {
    const scope = kubectl.in(namespace);
    const words = ['migrate', environment.name];
    const yes = [...words, '--yes', '--context', kubectl.context];
    await report.check('nothing is pending, and the plan says so', async () =>
      expectEnd(await coped([...words, '--plan']), 0, /Nothing to do/),
    );
    await report.check('without confirmation: refused', async () =>
      expectEnd(await coped(words), 2, /the confirmation needs a terminal/),
    );
    await report.check('while another runs: refused', async () => {
      await withSuspendedJob(scope, async () =>
        expectEnd(await coped(yes), 2, /another migration runs: by-hand/),
      );
    });
    await report.check('confirmed, it runs: its log, its result', async () =>
      expectEnd(await coped(yes), 0, /Running migrations/, /has succeeded/),
    );
    await report.check('a management command reads standard input, answers, and leaves no pod', async () => {
      const manage = ['manage', environment.name, '--'];
      const script = 'from projects.models import Project; print("projects:", Project.objects.count() * 0)';
      expectEnd(await copedItself([...manage, 'shell'], script), 0, /^projects: 0$/m);
      const failing = await copedItself([...manage, 'no-such-command']);
      expectEnd(failing, 1, /Unknown command/, /ended with exit code 1/);
      const gone = async () =>
        (await scope.exists('pods', '--selector=coped.org/one-off')) ? 'still there' : undefined;
      await until(report, 'the one-off pods to go', gone, { within: 60 });
    });
  },
};

export const migrateFaults: Draft = {
  name: 'coped-migrate-faults',
  about: 'migrations that fail, are interrupted, or are two at once',
  deep: 'faults and interruptions',
  needs: ['coped-migrate'],
  async run({ kubectl, report }) {
    const scope = kubectl.in(namespace);
    const words = ['migrate', environment.name];
    const yes = [...words, '--yes', '--context', kubectl.context];
    await report.check('of two at once one is refused, the other succeeds', async () => {
      const codes = (await Promise.all([coped(yes), coped(yes)])).map(({ code }) => code).sort();
      if (codes.join() !== '0,2') throw new Error(`exit codes ${codes}`);
    });
    await report.check('ctrl-C leaves it running; --follow goes on and has its result', async () => {
      const first = await coped(yes, interruptedAt(/migrate-\S+ starts \(/));
      expectEnd(first, 130, /goes on in the cluster.*--follow/);
      return expectEnd(await coped([...words, '--follow']), 0, /Running migrations/, /has succeeded/);
    });
    await report.check(
      'a migration that fails: its log, its reason, exit code 1; fixed, it succeeds',
      async () => {
        const { spec } = await scope.get('cronjob', 'migrate');
        const { backoffLimit = 6 } = spec?.jobTemplate?.spec ?? {};
        await askPostgres(scope, FORGET);
        try {
          await limitTries(scope, 1);
          expectEnd(await coped([...words, '--plan']), 0, /sessions\.0001_initial\n +Create model Session/);
          expectEnd(await coped(yes), 1, /already exists/, /tries again/, /has failed after 2 tries/);
          expectEnd(
            await coped(['status', environment.name]),
            1,
            /1 migration is pending/,
            /Job\/migrate-\d+-\d+: has failed/,
          );
        } finally {
          await limitTries(scope, backoffLimit);
          await askPostgres(scope, REMEMBER);
        }
        return expectEnd(await coped(yes), 0, /has succeeded/);
      },
    );
  },
};

const limitTries = (kubectl: Kubectl, backoffLimit: number): Promise<string> =>
  kubectl.run([
    'patch',
    'cronjob',
    'migrate',
    '--patch',
    JSON.stringify({ spec: { jobTemplate: { spec: { backoffLimit } } } }),
  ]);

/** Does something while a migration is under way that makes no pod. */
async function withSuspendedJob(kubectl: Kubectl, task: () => Promise<unknown>): Promise<void> {
  const made = await kubectl.run([
    'create',
    'job',
    '--from=cronjob/migrate',
    'by-hand',
    '--dry-run=client',
    '--output=json',
  ]);
  const job = JSON.parse(made);
  job.spec.suspend = true;
  await kubectl.run(['create', '--filename=-'], { input: JSON.stringify(job) });
  try {
    await task();
  } finally {
    await kubectl.run(['delete', 'job', 'by-hand']);
  }
}
