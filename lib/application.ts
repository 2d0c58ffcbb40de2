import type { Known, ServerLimits, WorkerLimits } from './known';
import type { SecretKey } from './kubernetes/secret-key';

/** A program and its arguments; no shell reads it. */
export type Command = readonly [program: string, ...args: readonly string[]];

/**
 * What is true of an application's images in every environment. The sample in app/ is one, `lib/applications/sample.ts`; yours is a
 * file beside it.
 */
export type Application = Facts & (RotatesWithoutGap | RotatesWithRestart);

interface Facts {
  /** Module of Django's settings: imported before a pod waits for its schema, so that settings which refuse to load say why. */
  readonly settings: string;
  /** User of the image: a number, because Kubernetes cannot tell whether a name is root. Every pod of the application runs as it. */
  readonly user: number;
  /** Where its code is: `coped up` builds the image from it, and `coped dev` copies what is saved. Absent: neither does. */
  readonly source?: Source;
  readonly web: Server;
  /** Answers /api/; absent: web answers that too. */
  readonly api?: Server;
  /** Bring the tables to this release, as their owner. */
  readonly migrate: readonly Command[];
  /** Ends with status 0 when the tables are those of this release. */
  readonly migrated: Command;
  /** Rebuilds the search index from the tables; absent: there is no search. */
  readonly index?: Command;
  /**
   * Prints, as its last line, how many rows the search index should have, and how many documents Elasticsearch's `_count` says that it
   * has: `{"rows": 7, "documents": 7}`, null where there is no index. Absent: nothing is counted.
   */
  readonly counted?: Command;
  /** Fill an empty database of a laptop. */
  readonly sample?: readonly Command[];
  /** Puts the files of /static/ into the folder /static; absent: the servers answer them from the image. */
  readonly collectStatic?: Command;
  /** Celery's worker, in the foreground; absent: there are no tasks. */
  readonly worker?: (given: WorkerLimits) => Command;
  /**
   * A file below /tmp that the worker touches at least every so many seconds, busy or not, for as long as it works. Absent: one that hangs
   * is not restarted.
   */
  readonly alive?: { readonly file: string; readonly within: number };
  /** Celery's clock, in the foreground: it puts tasks into the queue when they are due. It may write below /tmp only. */
  readonly beat?: Command;
  /** What runs at set times, where an environment says when: name → program. */
  readonly commands?: Readonly<Record<string, Command>>;
  /** Environment of every one of its programs: a text, or where the secret is kept that arrives as a file, `<name>_FILE`. */
  readonly variables: (known: Known) => Variables;
  /** Connections that its programs open to what is outside of the environment. */
  readonly calls?: readonly Call[];
  /** Variables that look like secrets by their names, and are none: `SITE_KEY`. */
  readonly public?: readonly string[];
  /** Variable → a secret that comes from elsewhere. It reaches every program like the other secrets. */
  readonly credentials?: Readonly<Record<string, Credential>>;
}

/**
 * Its programs read secrets from files, X_FILE, and while one is replaced the old and the new value from X_PREVIOUS_FILE and
 * X_NEXT_FILE: no request fails.
 */
interface RotatesWithoutGap {
  readonly secrets: 'files';
  readonly rotates: 'without a gap';
  /**
   * Ends with status 0 if the value on standard input is what the application uses now for a secret of its variables, and with 3 if it
   * uses another.
   */
  readonly uses: (variable: string) => Command;
}

/** Where a secret is replaced, its pods are restarted, and requests fail until they are. */
interface RotatesWithRestart {
  /**
   * As files, X_FILE. Or as variables, which child processes and crash reports also have: then with the reason why it cannot read files, a
   * sentence for the security review.
   */
  readonly secrets: 'files' | { readonly variables: string };
  readonly rotates: 'with a restart';
  readonly uses?: undefined;
}

/** A secret that someone else makes. */
export interface Credential {
  readonly secret: string;
  readonly key: string;
  /** What it is for: a sentence. */
  readonly purpose: string;
  /** Who makes it: 'hCaptcha'. */
  readonly from: string;
}

/** A line that the application adds to the table of who may talk to whom. */
export interface Call {
  /** Components. */
  readonly from: readonly [string, ...string[]];
  /** `internet`: all its addresses, and none of a private network. Or a peer that the environment names in `cluster.peers`. */
  readonly to: string;
  readonly port: number;
  /** One sentence for the reviewer. */
  readonly why: string;
}

export type Variables = Readonly<Record<string, string | SecretKey>>;

/** What an image is built from. */
export interface Source {
  /** Folder below app/, with the Dockerfile. */
  readonly folder: string;
  /** Stage of the Dockerfile that a laptop builds; the last if absent. */
  readonly target?: string;
  /** The part of the folder that is edited, and served at once. @default all of it */
  readonly edited?: string;
  /** Where the image has it. */
  readonly code: string;
}

export type Path = `/${string}`;

/** A program that answers HTTP. */
export interface Server {
  readonly command: (given: ServerLimits) => Command;
  /**
   * Path that answers as long as the process works. It must not ask a database: a slow one would restart every pod. `port` where there
   * is none: it is alive while it accepts connections.
   */
  readonly live: Path | 'port';
  /** Path that answers with a status below 400 where requests can be answered, too; `port` where there is none. */
  readonly ready: Path | 'port';
}
