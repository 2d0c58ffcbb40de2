import { appendFile, cp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../cli/cluster/waiting';
import { dev } from '../../../cli/dev/dev';
import { ready } from '../cluster/workloads';
import { type Edit, python, template } from '../development/edits';
import { model, throughIngress } from '../development/model';
import { withFolder } from '../folder';
import { request } from '../site/site';
import type { Suite } from '../step';
import { inWorld } from './program/in-process';

/** The live loop: an edited file is served. */
export const liveLoop = (suite: Suite): Promise<void> =>
  withSession(suite, async (session) => {
    const { report } = suite;
    await report.check('an edited template is served within two seconds', () => quickly(session, template));
    await report.check('so is an edited module', () => quickly(session, python));
  });

export const liveLoopFaults = (suite: Suite): Promise<void> =>
  withSession(suite, async (session) => {
    const { report } = suite;
    await report.check('a module that cannot be loaded is reported, shown, and fixed by the next save', () =>
      breakAndFix(session),
    );
    await report.check('a pod that takes the place of another gets everything', () => replacePod(session));
  });

async function breakAndFix(session: Session): Promise<string> {
  const file = join(session.django, 'projects/views.py');
  const before = await readFile(file, 'utf8');
  await writeFile(file, `${before}\nnothing_of_this_name\n`);
  await saying(
    session,
    /cannot load it: NameError: name 'nothing_of_this_name' is not defined \(projects\/views\.py, line \d+\)/,
  );
  await untilServed(session, '/', 'NameError', 500);
  await writeFile(file, before);
  return `${await untilServed(session, '/', '<footer')} ms after it was fixed`;
}

async function replacePod(session: Session): Promise<void> {
  const { kubectl, settings } = session.suite;
  const mark = `dev-${Date.now().toString(36)}`;
  await writeFile(join(session.django, `projects/templates/${mark}.html`), mark);
  const urls = join(session.django, 'coped/urls_api.py');
  const before = await readFile(urls, 'utf8');
  await writeFile(urls, python.edited(before, `api/${mark}`));
  const isServed = async () => {
    const { status } = await request(throughIngress(settings), `/api/${mark}/`);
    return status === 200 ? undefined : `it answers ${status}`;
  };
  await until(session.suite.report, 'the edited code', isServed, { within: 30 });
  const scope = kubectl.in(model.namespace);
  await scope.run(['delete', 'pod', '--selector=app.kubernetes.io/component=api', '--wait=false']);
  await saying(session, /api: .* is gone|api: .* has ended or starts again/);
  await until(session.suite.report, 'the edited code in a new pod', isServed, { within: 90 });
  await writeFile(urls, before);
}

const ROOT = join(__dirname, '..', '..', '..');
/** Edits of each kind. */
const TIMES = 5;
/** Milliseconds within which an edit is served, as promised; the median counts, because the machine has other things to do. */
const PROMISED = 2000;
const PATIENCE = 30_000;

/** A folder that is edited, and `coped dev` that looks at it. */
interface Session {
  readonly django: string;
  readonly said: () => string;
  readonly suite: Suite;
}

/** Does something while `coped dev` runs, on a copy of app/ so that no work is touched. */
async function withSession(suite: Suite, task: (session: Session) => Promise<void>): Promise<void> {
  await withFolder((folder) => inSession(suite, folder, task));
  await forget(suite);
}

async function inSession(
  suite: Suite,
  folder: string,
  task: (session: Session) => Promise<void>,
): Promise<void> {
  const { report, kubectl } = suite;
  const interruption = new AbortController();
  let said = '';
  try {
    await cp(join(ROOT, 'app'), join(folder, 'app'), { recursive: true });
    // Saved before it starts.
    await appendFile(join(folder, 'app/django/projects/templates/base.html'), '{# saved before #}');
    const heard = (text: string) => {
      said += text;
    };
    const options = { context: kubectl.context, logs: true };
    const ended = inWorld({ signal: interruption.signal, heard }, async (world) => {
      await dev(world, model.environment.name, options, folder);
      return 0;
    });
    const session = { django: join(folder, 'app/django'), said: () => said, suite };
    await report.check('what was saved before is served first', () =>
      saying(session, /: served after .*web/),
    );
    await task(session);
    await report.check('ctrl-C ends it, and it says what stays', async () => {
      interruption.abort();
      const { code, errors } = await ended;
      if (code !== 0 || !/Stopped\. The pods keep/.test(errors)) throw new Error(errors);
    });
  } finally {
    interruption.abort();
  }
}

/** The pods take the images' code again. */
async function forget({ kubectl, report }: Suite): Promise<void> {
  const scope = kubectl.in(model.namespace);
  await scope.run(['delete', 'pod', '--selector=app.kubernetes.io/component in (web,api)']);
  await ready(report, scope, ['Deployment/web', 'Deployment/api'], 180);
}

/** Saves several times; answers how long it took until a visitor saw it. */
async function quickly(session: Session, edit: Edit): Promise<string> {
  const file = join(session.django, edit.file);
  const before = await readFile(file, 'utf8');
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const mark = `dev-${Date.now().toString(36)}`;
    // As most editors save: a new file takes the place of the old one.
    await writeFile(`${file}~`, edit.edited(before, mark));
    await rename(`${file}~`, file);
    times.push(await untilServed(session, edit.path(mark), mark));
  }
  await writeFile(file, before);
  const sorted = [...times].sort((a, b) => a - b);
  const figures = `median ${sorted[Math.floor(TIMES / 2)]} ms, worst ${sorted.at(-1)} ms`;
  if ((sorted[Math.floor(TIMES / 2)] ?? 0) > PROMISED) throw new Error(figures);
  return figures;
}

/** Milliseconds. */
async function untilServed({ suite }: Session, path: string, text: string, expected = 200): Promise<number> {
  const began = Date.now();
  for (;;) {
    // An error page may have the text as well: it shows the address that was asked for.
    const { status, body } = await request(throughIngress(suite.settings), path).catch(nothing);
    const after = Date.now() - began;
    if (status === expected && body.includes(text)) return after;
    if (after > PATIENCE) throw new Error(`${path} does not have "${text}" after ${after} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** No answer in time: this machine has much to do. */
const nothing = () => ({ status: 0, body: '' });

async function saying({ said, suite }: Session, pattern: RegExp): Promise<void> {
  const missing = async () => (pattern.test(said()) ? undefined : `not said: ${pattern}`);
  await until(suite.report, 'word of it', missing, { within: 60 });
}
