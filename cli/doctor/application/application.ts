import { type Environment, namespaceOf } from '../../../lib/environments/environment';
import { deleteNamespace } from '../../cluster/delete-namespace';
import { Kubectl } from '../../cluster/kubectl';
import { watchRollout } from '../../cluster/rollout/watch';
import { isAwaited, nameOf } from '../../cluster/rollout/workloads';
import { requireKind, type Site } from '../../cluster/site';
import { contentsOf } from '../../laptop/images/contents';
import { bringImages } from '../../laptop/images/delivery';
import { isLoaded, remember } from '../../laptop/images/loaded-images';
import { ownImages } from '../../laptop/images/own-images';
import { findCluster, nodesOf } from '../../laptop/local-cluster';
import { InterruptedError, RefusedError } from '../../terminal/errors';
import { manifestsOf } from '../../up/manifests';
import type { World } from '../../world';
import { type Finding, ok, problem, warning } from '../finding';
import { causesOf } from './causes';
import { type Program, programsOf, untried } from './programs';
import { runOnce, type Seen } from './run';
import { type Local, TRIAL, trialManifests, trialOf } from './trial';

/** Seconds: their images may have to be pulled. */
const SERVERS = 600;
/** Lines of a log that are shown where nothing in it is known. */
const LINES = 6;

/**
 * Starts each program of the application once, in a namespace of its own with empty servers, as the pods that the environment would have.
 * The namespace is removed again.
 */
export async function tryApplication(
  world: World,
  environment: Environment,
  context: string | undefined,
): Promise<Finding[]> {
  const trial = trialOf(localOnly(world, environment));
  // Values that do not fit are found before anything is started.
  manifestsOf(world, environment.name);
  const { all, applied } = trialManifests(trial);
  const cluster = await findCluster(world, environment, context);
  const kubectl = (await cluster.reach()).in(namespaceOf(trial));
  await bringImage(world, kubectl, environment);
  if (await kubectl.exists('namespace', namespaceOf(trial))) await deleteNamespace(world, kubectl);
  const site = { world, kubectl, environment };
  try {
    await world.terminal.step(`start empty servers in ${kubectl.namespace}`, () =>
      new Kubectl(kubectl.context, undefined, world.execute).apply(applied),
    );
    const workloads = applied.filter(isAwaited).map(nameOf);
    await watchRollout(world, kubectl, { environment, workloads, within: SERVERS });
    return [...(await tryAll(site, trial, programsOf(trial, all))), ...untried(trial, environment.name)];
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError(`Interrupted. The namespace ${kubectl.namespace} is being deleted.`);
  } finally {
    await kubectl.attempt(['delete', 'namespace', namespaceOf(trial), '--ignore-not-found', '--wait=false'], {
      evenIfInterrupted: true,
    });
  }
}

/** @throws RefusedError */
function localOnly({ environments }: World, environment: Environment): Local {
  requireKind(
    environment,
    'local',
    'its application is tried on a cluster of this machine',
    `Name one of this machine: ${environments
      .filter(({ kind }) => kind === 'local')
      .map(({ name }) => `\`npx coped doctor ${name} --application\``)
      .join(', ')}`,
  );
  if (environments.some(({ name }) => name === TRIAL))
    throw new RefusedError(
      `there is an environment "${TRIAL}", and its namespace would be deleted`,
      'Give it another name in lib/environments',
    );
  return environment as Local;
}

/** The application's image, built and loaded where the cluster does not have it. */
async function bringImage(world: World, kubectl: Kubectl, environment: Environment): Promise<void> {
  const nodes = await nodesOf(kubectl);
  const stale = ownImages(environment)
    .filter(({ name }) => name === 'django')
    .map((image) => ({ ...image, contents: contentsOf(image) }))
    .filter((image) => !isLoaded(nodes, image, image.contents));
  if (stale.length === 0) return;
  await bringImages(world, kubectl.context, stale, undefined);
  for (const image of stale) await remember(kubectl, image, image.contents);
}

/** One after the other: a laptop has few cores, and what a program says should be about itself. */
async function tryAll(site: Site, { application }: Local, programs: readonly Program[]): Promise<Finding[]> {
  const { kubectl } = site;
  const services = await kubectl.list('services', '--all-namespaces');
  const addresses = new Set(services.flatMap(({ spec }) => spec?.clusterIP ?? []));
  const servers = services
    .filter(({ metadata, spec }) => metadata.namespace === kubectl.namespace && spec?.clusterIP !== 'None')
    .map(({ metadata }) => metadata.name);
  const found: Finding[] = [];
  const failed: string[] = [];
  let unstarted: string | undefined;
  for (const program of programs) {
    const { name, after } = program;
    const missing = unstarted ?? failed.find((one) => one.split(' ')[0] === after);
    if (missing) {
      found.push(warning(name, `not tried: ${missing} has failed`, `Fix ${missing} first`));
      continue;
    }
    const seen = await seenOf(site, program, addresses);
    const { good } = seen;
    if (!good) failed.push(name);
    // All have one image: it would not come for the others, either.
    if (seen.why) unstarted = name;
    const causes = causesOf(program, seen, application, servers);
    const level = good ? warning : problem;
    const said = lastWords(seen);
    found.push(
      ...causes.map(({ found, next, logged }) => ({ ...level(name, found, next), ...(logged && { said }) })),
    );
    if (good && causes.length === 0) found.push(ok(name, fine(program, seen)));
    if (!good && causes.length === 0) found.push(unexplained(program, seen));
  }
  return together(found);
}

/** A program has failed; the others are tried all the same. */
class FailedError extends Error {
  constructor(readonly seen: Seen) {
    super('it has failed');
  }
}

/** What one has done, as a step that a person sees fail. */
const seenOf = ({ world, ...site }: Site, program: Program, addresses: ReadonlySet<string>): Promise<Seen> =>
  world.terminal
    .step(`try ${program.name}`, async (step) => {
      const progress = (text: string) => step.progress(text.replace(`waiting for ${program.name}: `, ''));
      const seen = await runOnce({ world, ...site }, { progress }, program, addresses);
      if (!seen.good) throw new FailedError(seen);
      return seen;
    })
    .catch((error) => {
      if (error instanceof FailedError) return error.seen;
      throw error;
    });

function fine({ ends, within }: Program, { ended }: Seen): string {
  if (ends === undefined) return 'starts, and goes on';
  return ended ? `ends with status ${ended.exitCode}` : `goes on after ${within} s, and was ended`;
}

/** The last error that Python has raised, or else the end. */
function lastWords({ log }: Seen): string[] {
  const lines = log.trimEnd().split('\n').filter(Boolean);
  const raised = lines.map((line) => /^[\w.]+(Error|Exception)\b/.test(line)).lastIndexOf(true);
  return raised < 0 ? lines.slice(-LINES) : lines.slice(raised, raised + LINES);
}

/** Nothing is known but its own last words. */
function unexplained({ name, ends, within }: Program, seen: Seen): Finding {
  const said = lastWords(seen);
  const status = `ends with status ${seen.ended?.exitCode}`;
  const wrong = !seen.ended
    ? `is not done within ${within} s`
    : ends === undefined
      ? `${status} and should go on`
      : `${status}${ends === 0 ? '' : `, not ${ends}`}`;
  return { ...problem(name, wrong, said.length > 0 ? 'Its last words are above' : 'It says nothing'), said };
}

/** What several programs have in common is said once, where the first of them has it. */
function together(findings: readonly Finding[]): Finding[] {
  const by = new Map<string, Finding>();
  for (const one of findings) {
    const key = [one.level, one.found, one.next].join('\n');
    const about = [by.get(key)?.about, one.about].filter(Boolean).join(', ');
    by.set(key, { ...one, about });
  }
  return [...by.values()];
}
