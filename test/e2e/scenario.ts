import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { executor } from '../../cli/cluster/execute';
import type { Kubectl } from '../../cli/cluster/kubectl';
import { until } from '../../cli/cluster/waiting';
import { drillEnvironment } from '../../cli/drill/environment';
import type { HostedEnvironment } from '../../lib/environments/environment';
import type { Manifest } from '../manifest';
import { yamlOf } from '../yaml';
import { changed, set } from './changes';
import { Trial } from './cli/deploy/trial';
import { trialEnvironments } from './cli/environments';
import { coped, copedItself, type Ended, expectEnd, interruptedAt } from './cli/program/in-process';
import { configured } from './cli/program/through';
import { expectSame, versionsOf, withoutSecret } from './cluster/objects';
import { ready } from './cluster/workloads';
import { withFolder } from './folder';
import { siteOf } from './hosted/access';
import { environment as hosted } from './hosted/environment';
import { underLoad } from './site/steady-load';
import type { Suite } from './step';

/** What has to come of a command. */
interface Expected {
  /** 0, if absent. */
  readonly code?: number;
  /** Patterns of what it prints, on standard output or error. */
  readonly says?: string | readonly string[];
  readonly lacks?: string | readonly string[];
  /** Run as often as this at once: the exit codes, sorted. */
  readonly codes?: readonly number[];
  /** Names for parts of it, as `$name` in what comes later: the first group of a pattern, or all that matches. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Seconds during which it is repeated until all this is so. */
  readonly within?: number;
}

/** `coped` with these words, without a terminal. */
interface Coped extends Expected {
  readonly coped: string;
  readonly input?: string;
  readonly 'days later'?: number;
  /** A file for kubectl, in the folder of the scenario. */
  readonly kubeconfig?: string;
  /** The sources have changed: this is merged into the environment. */
  readonly environment?: object;
  /** Ctrl-C as soon as this is printed. */
  readonly interrupt?: string;
}

/** A deploy, or `coped diff --full`, of changed objects: by `Kind/name`, a new value by its path. */
interface Release extends Expected {
  readonly release: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Objects beside those of the environment, named `trial`. */
  readonly add?: readonly (object & { readonly apiVersion: string; readonly kind: string })[];
  readonly only?: 'diff';
}

/** One thing that is done in a check. */
type Action =
  | Coped
  | Release
  // A script for bash, with what scenarios/prelude.sh defines, in a folder of the scenario.
  | ({ readonly sh: string } & Expected)
  | { readonly ready: readonly string[]; readonly within: number }
  // Does something while a Secret is missing.
  | { readonly without: string; readonly do: readonly Action[] }
  // Does something at so many requests a second, of which none may fail.
  | { readonly load: number; readonly do: readonly Action[] }
  // Kinds of objects that are the same here as where this was last.
  | { readonly unchanged: string };

/** A file of scenarios/. */
interface Scenario {
  readonly environment: string;
  /** Another one that comes before: its checks, and its end. */
  readonly after?: string;
  /** By promise. */
  readonly checks: Readonly<Record<string, readonly Action[]>>;
  /** A script for the end, whatever has become of the checks. */
  readonly finally?: string;
}

export const FOLDER = join(__dirname, 'scenarios');
const PRELUDE = readFileSync(join(FOLDER, 'prelude.sh'), 'utf8');
const SCRUB = join(__dirname, '..', '..', 'lib', 'components', 'backup', 'scrub.sql');
/** Of what an action that is repeated still lacks, how much is shown. */
const SHORT = 300;
const DAY = 86_400_000;

/** Commands that hand their streams on to a program, and so need a process of their own. */
const HANDS_ON = /^(manage|shell|logs) /;

export function scenarioOf(name: string): Scenario {
  const { after, ...own } = yamlOf<Scenario>(FOLDER, `${name}.yaml`);
  if (after === undefined) return own;
  const before = scenarioOf(after);
  const end = [own.finally, before.finally].join('\n');
  return { ...own, checks: { ...before.checks, ...own.checks }, finally: end };
}

export const play = (suite: Suite, scenario: Scenario): Promise<void> =>
  withFolder(async (folder) => {
    const course = new Course(suite, scenario.environment, folder);
    try {
      for (const [promise, actions] of Object.entries(scenario.checks))
        await suite.report.check(promise, () => course.all(actions));
    } finally {
      if (scenario.finally) await course.all([{ sh: scenario.finally }]);
    }
  });

/** A scenario under way. */
class Course {
  private readonly names = new Map<string, string>();
  private readonly versions = new Map<string, readonly string[]>();
  private readonly known: HostedEnvironment | undefined;
  private made: Trial | undefined;
  private readonly scope: Kubectl;

  constructor(
    private readonly suite: Suite,
    environment: string,
    private readonly folder: string,
  ) {
    const { context } = suite.kubectl;
    const { django } = hosted.images;
    const drill = drillEnvironment(context, django);
    const own = [...trialEnvironments, drill].find(({ name }) => name === environment);
    const namespace = `coped-${environment}`;
    const [postgres = ''] = own?.images.postgres?.split('@') ?? [];
    const { host = '' } = own ?? {};
    const address = suite.settings.secureIngress;
    this.names = new Map(
      Object.entries({ context, namespace, folder, postgres, django, scrub: SCRUB, host, address }),
    );
    this.scope = suite.kubectl.in(namespace);
    this.known = own;
  }

  /** @returns what the last of them has to say */
  async all(actions: readonly Action[]): Promise<string | undefined> {
    let remark: string | undefined;
    for (const action of actions) remark = (await this.one(action)) ?? remark;
    return remark;
  }

  private async one(action: Action): Promise<string | undefined> {
    const { report } = this.suite;
    if ('ready' in action) return void (await ready(report, this.scope, action.ready, action.within));
    if ('without' in action) return withoutSecret(this.scope, action.without, () => this.all(action.do));
    if ('load' in action) {
      const site = await siteOf(this.suite);
      return underLoad(site, '/', action.load, () => this.all(action.do));
    }
    if ('unchanged' in action) {
      const now = await versionsOf(this.scope, action.unchanged);
      expectSame(this.versions.get(action.unchanged) ?? now, now);
      this.versions.set(action.unchanged, now);
      return undefined;
    }
    const run = (): Promise<Ended> => {
      if ('coped' in action) return this.coped(action);
      return 'release' in action ? this.release(action) : this.script(action.sh);
    };
    if (action.within === undefined) return this.ended(action, run);
    const missing = () =>
      this.ended(action, run).then(
        () => undefined,
        ({ message }: Error) => message.replaceAll(/\s+/g, ' ').slice(0, SHORT),
      );
    return void (await until(report, 'what is expected', missing, { within: action.within }));
  }

  private async ended(expected: Expected, run: () => Promise<Ended>): Promise<string> {
    const { code = 0, codes, says = [], lacks = [], keep = {} } = expected;
    const patterns = (texts: string | readonly string[]) =>
      [texts].flat().map((text) => new RegExp(this.filled(text), 'm'));
    if (codes) {
      const all = (await Promise.all(codes.map(run))).map((one) => one.code).sort();
      if (all.join() !== codes.join()) throw new Error(`exit codes ${all}`);
      return `exit codes ${all}`;
    }
    const ended = await run();
    const text = ended.output + ended.errors;
    const remark = expectEnd(ended, code, ...patterns(says), ...patterns(Object.values(keep)));
    if (patterns(lacks).some((pattern) => pattern.test(text))) throw new Error(`printed:\n${text}`);
    const found: string[] = [];
    for (const [name, pattern] of Object.entries(keep)) {
      const [all = '', group] = new RegExp(pattern, 'm').exec(text) ?? [];
      this.names.set(name, group ?? all);
      found.push(all);
    }
    return found.join(', ') || remark;
  }

  private coped(action: Coped): Promise<Ended> {
    const { input, interrupt, environment, kubeconfig, 'days later': days } = action;
    const words = this.filled(action.coped).split(' ');
    if (HANDS_ON.test(action.coped)) return copedItself(words, input);
    return coped(words, {
      input,
      through: kubeconfig ? configured(join(this.folder, kubeconfig)) : undefined,
      now: days === undefined ? undefined : new Date(Date.now() + days * DAY),
      environment: environment && changed(this.own, environment),
      ...(interrupt && interruptedAt(new RegExp(interrupt))),
    });
  }

  private release({ release, add = [], only }: Release): Promise<Ended> {
    const trial = this.trial;
    const manifests = trial.model.manifests.map((manifest) => {
      const changes = release[`${manifest.kind}/${manifest.metadata.name}`] ?? {};
      const copy: Manifest = JSON.parse(JSON.stringify(manifest));
      for (const [path, value] of Object.entries(changes))
        set(copy, path.split('.'), typeof value === 'string' ? this.filled(value) : value);
      return copy;
    });
    const all = [
      ...manifests,
      ...add.map(({ apiVersion, kind, ...rest }) => trial.object(apiVersion, kind, rest)),
    ];
    return only === 'diff' ? trial.fullDiff(all) : trial.release(all);
  }

  private async script(text: string): Promise<Ended> {
    const names = [...this.names].map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'`);
    const script = ['set -euo pipefail', ...names, PRELUDE, 'cd "$folder"', text].join('\n');
    const { code, stdout, stderr } = await executor()('bash', ['--norc', '-c', script], { input: '' });
    return { code, output: stdout, errors: stderr };
  }

  private get own(): HostedEnvironment {
    if (this.known === undefined) throw new Error('this needs an environment that is there to be tried');
    return this.known;
  }

  private get trial(): Trial {
    this.made ??= new Trial(this.own, this.suite.kubectl.context);
    return this.made;
  }

  /** With what is known for `$name`. */
  private filled(text: string): string {
    return text.replaceAll(/\$(\w+)/g, (whole, name) => this.names.get(name) ?? whole);
  }
}
