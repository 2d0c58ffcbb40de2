import { grouped } from '../../checker/manifests/grouped';
import type { Terminal } from '../terminal';
import { summary } from './advice';
import type { Source } from './tree';

/** What a server could not load. */
export interface LoadError {
  /** The last line of the traceback. */
  readonly text: string;
  /** The last place in the code that it names. */
  readonly file: string | null;
  readonly line: number | null;
}

/** Seconds after which a message says that something is not served yet. */
const LONG = 10;

/** What was saved in a folder and is not served everywhere yet. What is saved meanwhile joins it. */
interface Round {
  readonly paths: Set<string>;
  /** The last save. */
  began: number;
  /** Pods that have not loaded it yet. */
  readonly awaited: Map<string, { readonly component: string; readonly order: number }>;
  readonly loaded: Set<string>;
  readonly errors: Map<string, LoadError>;
  reminder: NodeJS.Timeout;
}

/** Reports what is served, and after what time. */
export class Rounds {
  private readonly open = new Map<Source, Round>();
  private last = 0;

  constructor(private readonly terminal: Terminal) {}

  /** @param began when it was saved @returns the number of the order that brings it */
  begin(source: Source, paths: readonly string[], began = Date.now()): number {
    const round = this.open.get(source) ?? newRound();
    this.open.set(source, round);
    for (const path of paths) round.paths.add(path);
    round.began = began;
    round.loaded.clear();
    round.errors.clear();
    clearTimeout(round.reminder);
    round.reminder = setTimeout(() => this.remind(round), LONG * 1000).unref();
    this.last += 1;
    return this.last;
  }

  /** A pod has been sent an order. */
  sent(source: Source, order: number, pod: string, component: string): void {
    this.open.get(source)?.awaited.set(pod, { component, order });
  }

  /** A pod has loaded all that it was sent up to this order. */
  served(upTo: number, pod: string, error: LoadError | undefined): void {
    for (const [source, round] of this.open) {
      const { component, order } = round.awaited.get(pod) ?? {};
      if (component === undefined || order === undefined || order > upTo) continue;
      if (error) round.errors.set(component, error);
      else round.loaded.add(component);
      this.done(source, round, pod);
    }
  }

  /** A pod is gone: nothing more is expected of it. Its replacement gets everything. */
  lost(pod: string): void {
    for (const [source, round] of this.open) if (round.awaited.has(pod)) this.done(source, round, pod);
  }

  stop(): void {
    for (const { reminder } of this.open.values()) clearTimeout(reminder);
    this.open.clear();
  }

  private done(source: Source, round: Round, pod: string): void {
    round.awaited.delete(pod);
    if (round.awaited.size > 0) return;
    this.open.delete(source);
    clearTimeout(round.reminder);
    this.report(round);
  }

  private report({ paths, began, loaded, errors }: Round): void {
    const { terminal } = this;
    const what = summary([...paths]);
    if (loaded.size > 0) {
      const after = ((Date.now() - began) / 1000).toFixed(1);
      terminal.say(`${terminal.paint('green', '✔')} ${what}: served after ${after} s: ${list(loaded)}`);
    }
    for (const [text, components] of byText(errors)) {
      terminal.say(
        `${terminal.paint('red', '✘')} ${what}: ${list(components)} cannot load it: ${text}\n` +
          '  Fix and save it; until then every page shows the traceback',
      );
    }
  }

  private remind({ paths, awaited }: Round): void {
    const components = list(new Set([...awaited.values()].map(({ component }) => component)));
    this.terminal.say(
      `  ${summary([...paths])}: not served after ${LONG} s, still waiting for ${components}. See its log`,
    );
  }
}

const newRound = (): Round => ({
  paths: new Set(),
  began: 0,
  awaited: new Map(),
  loaded: new Set(),
  errors: new Map(),
  reminder: setTimeout(() => {}, 0),
});

const list = (components: Iterable<string>): string => [...components].sort().reverse().join(', ');

/** The components of each error. */
const byText = (errors: ReadonlyMap<string, LoadError>): Map<string, string[]> =>
  grouped(
    [...errors].map(([component, { text, file, line }]) => {
      // A SyntaxError names its place by itself, but without the folder.
      const name = text.replace(/ \([^()]*, line \d+\)$/, '');
      return [file === null ? text : `${name} (${file}, line ${line})`, component];
    }),
  );
