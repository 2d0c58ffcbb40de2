import { join } from 'node:path';
import type { Environment } from '../../lib/environments/environment';
import { clusterOf, environmentNamed } from '../cluster/environment';
import type { Kubectl } from '../cluster/kubectl';
import { addressesOf } from '../laptop/addresses';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { adviceFor, RelatedFiles, summary } from './advice';
import { Connections } from './connections';
import { type Copied, copiedComponents, followPods, type Life } from './pods';
import { Rounds } from './rounds';
import { type Look, pathsOf, type Source, sourcesIn, Tree } from './tree';
import { Watch } from './watch';

export interface DevOptions {
  readonly context?: string;
  readonly logs: boolean;
}

const ROOT = join(__dirname, '..', '..');

/** Serves what is saved here, until ctrl-C. */
export async function dev(
  world: World,
  name: string,
  { context, logs }: DevOptions,
  root = ROOT,
): Promise<void> {
  const { terminal } = world;
  const environment = editable(world, name);
  const kubectl = await clusterOf(world, environment, context);
  const copied = await copiedComponents(kubectl, environment.name, sourcesIn(root, environment.application));
  const from = [...new Set(copied.map(({ source }) => source.name))].join(' and ');
  const { addresses, tunnel } = await addressesOf(world, kubectl.context, environment);
  terminal.say(`Every file that is saved in ${from} is served at once. Ctrl-C ends this.`);
  if (tunnel) terminal.say(`Leave this running in another terminal: ${tunnel}`);
  for (const { url, what } of addresses) terminal.say(`${url}   ${what}`);
  await new Development(world, { kubectl, environment: environment.name, root, copied, logs }).run();
  terminal.say(
    '\nStopped. The pods keep what was saved until they are replaced; `npx coped up` builds it into the images.',
  );
}

/** @throws RefusedError where code must not change */
function editable(world: World, name: string): Environment {
  const environment = environmentNamed(world, name);
  const locals = world.environments.filter(({ kind }) => kind === 'local').map((one) => one.name);
  const next = `Try it out in ${locals.join(' or ')}, then release it`;
  if (environment.kind !== 'local') {
    throw new RefusedError(`${name} runs only the code in its images`, next);
  }
  if (environment.django.reload) return environment;
  throw new RefusedError(
    `${name} runs only the code in its images, because \`django.reload\` is off`,
    `Set it in lib/environments/${name}.ts, then run \`npx coped up ${name}\``,
  );
}

/** Brings every saved file into the pods. */
class Development {
  private readonly rounds: Rounds;
  private readonly connections: Connections;
  private readonly related: RelatedFiles;
  private readonly trees: readonly Tree[];
  private readonly looks = new Map<Source, Look>();
  private readonly said = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly props: {
      readonly kubectl: Kubectl;
      readonly environment: string;
      readonly root: string;
      readonly copied: readonly Copied[];
      readonly logs: boolean;
    },
  ) {
    this.rounds = new Rounds(world.terminal);
    const context = {
      kubectl: props.kubectl,
      rounds: this.rounds,
      look: (source: Source) => this.looks.get(source),
      say: (text: string) => world.terminal.say(text),
      met: (life: Life, paths: readonly string[]) => this.met(life, paths),
    };
    this.connections = new Connections(world, context, props.copied, props.logs);
    const sources = [...new Set(props.copied.map(({ source }) => source))];
    this.related = new RelatedFiles(props.root, props.environment, sources);
    this.trees = sources.map((source) => new Tree(source));
  }

  /** Until ctrl-C. */
  async run(): Promise<void> {
    const watch = new Watch((since) => this.look(since));
    const components = this.props.copied.map(({ component }) => component);
    watch.start();
    try {
      await followPods(this.props.kubectl, components, {
        signal: this.world.signal,
        heard: (life) => this.connections.hear(life),
        failed: (reason) => this.once(`The cluster does not answer: ${reason}`),
      });
    } finally {
      watch.stop();
      await this.connections.end();
      this.rounds.stop();
    }
  }

  /** Looks what has changed, and sends it to every pod that lacks it. @returns the folders to be watched */
  private look(since: number): ReadonlyMap<string, bigint> {
    const folders = new Map(this.related.folders());
    for (const tree of this.trees) {
      const look = this.lookAt(tree);
      if (look === undefined) continue;
      this.looks.set(tree.source, look);
      for (const [folder, of] of look.folders) folders.set(folder, of);
      for (const [path, why] of look.leftOut) this.once(`${tree.source.name}/${path} is not copied: ${why}`);
      this.send(tree.source, look, since);
    }
    this.advise(this.related.changed());
    return folders;
  }

  /** Undefined where it cannot be read: while another branch is checked out, everything may be gone for a moment. */
  private lookAt(tree: Tree): Look | undefined {
    try {
      return tree.look();
    } catch (error) {
      this.once(`${tree.source.name} cannot be read: ${(error as Error).message}`);
      return undefined;
    }
  }

  private send(source: Source, look: Look, since: number): void {
    const orders = this.connections.of(source).flatMap((copy) => {
      const order = copy.missing(look);
      return order ? [{ copy, order }] : [];
    });
    if (orders.length === 0) return;
    const paths = [...new Set(orders.flatMap(({ order }) => pathsOf(order)))];
    const number = this.rounds.begin(source, paths, since);
    for (const { copy, order } of orders) copy.bring(order, number);
    this.advise(paths);
  }

  private met({ pod, component }: Life, paths: readonly string[]): void {
    this.world.terminal.say(
      paths.length === 0
        ? `${component}: ${pod} has the same files`
        : `${component}: ${pod} differs in ${summary(paths)}; updating it`,
    );
    this.advise(paths);
  }

  private advise(paths: readonly string[]): void {
    const { terminal } = this.world;
    for (const advice of new Set(paths.map(adviceFor))) {
      const some = paths.filter((path) => adviceFor(path) === advice);
      if (advice) terminal.say(`${terminal.paint('yellow', '!')} ${summary(some)}: ${advice}`);
    }
  }

  private once(text: string): void {
    if (!this.said.has(text)) this.world.terminal.say(text);
    this.said.add(text);
  }
}
