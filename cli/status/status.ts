import type { Diagnosis } from '../cluster/rollout/diagnosis';
import type { Counted } from '../manage/application-commands';

/** Something that is not as it should be. */
export interface Concern extends Diagnosis {
  /** A problem is noticed by users, or will be; with a warning all is still fine, but not for ever. */
  readonly level: 'problem' | 'warning';
  /** `web`, `Secret/ingress-tls`. */
  readonly about: string;
}

const concern =
  (level: Concern['level']) =>
  (about: string, diagnosis: Diagnosis): Concern => ({ level, about, ...diagnosis });
export const problem = concern('problem');
export const warning = concern('warning');

/** What one look at a part of the environment tells. */
export interface Findings {
  readonly concerns: readonly Concern[];
}

/** One running thing. Times are ISO 8601. */
export interface ComponentStatus {
  readonly component: string;
  readonly kind: string;
  /** Null: it could not be read. */
  readonly ready: number | null;
  readonly wanted: number;
  readonly version: string | null;
  /** What the sources say, where that is another version. */
  readonly sourceVersion: string | null;
  readonly restarts: number;
  /** Why a container was last restarted, and when. */
  readonly lastRestart: { readonly reason: string; readonly at: string } | null;
  /** Since when its youngest pod runs. */
  readonly since: string | null;
}

export interface CertificateStatus {
  readonly secret: string;
  readonly expires: string | null;
  readonly daysLeft: number | null;
}

export interface DiskStatus {
  readonly pod: string;
  readonly usedPercent: number;
  readonly bytes: number;
}

export interface AutoscalerStatus {
  readonly component: string;
  readonly replicas: number;
  readonly min: number;
  readonly max: number;
}

/** Everything that `coped status --json` prints; scripts rely on these keys. */
export interface Status {
  readonly environment: string;
  readonly context: string;
  readonly namespace: string;
  readonly deployed: boolean;
  readonly fine: boolean;
  readonly components: readonly ComponentStatus[];
  /** Whether the environment is dumped at all. */
  readonly makesBackups: boolean;
  /** When a dump was last written; null: never. */
  readonly lastBackup: string | null;
  /** Migrations that the tables still lack; null: no pod could be asked. */
  readonly pendingMigrations: readonly string[] | null;
  readonly certificates: readonly CertificateStatus[];
  readonly disks: readonly DiskStatus[];
  /** What the search finds of what is in the database; null: the application could not be asked; absent: it counts nothing. */
  readonly searchIndex?: Counted | null;
  /** Kinds of objects that could not be listed: nothing is said of them. */
  readonly unread: readonly string[];
  readonly autoscalers: readonly AutoscalerStatus[];
  readonly problems: readonly Advice[];
  readonly warnings: readonly Advice[];
}

export type Advice = Pick<Concern, 'about' | 'reason' | 'next'>;
