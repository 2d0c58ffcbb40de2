import type { Construct } from 'constructs';
import type { Identity } from '../../kubernetes/labels';
import type { Resources } from '../../kubernetes/values';
import { scratch } from '../../kubernetes/volumes';
import { cronJob } from '../../kubernetes/workloads';
import type { DjangoConnection } from './django';
import { program } from './server';

export interface ScheduledProps {
  readonly command: readonly string[];
  /** Which one it is, where its component has several. */
  readonly name?: string;
  /** Cron expression, in UTC. */
  readonly schedule: string;
  /** Started by hand only. @default false */
  readonly suspend?: boolean;
  /** Seconds after which a run is given up. */
  readonly deadline: number;
  /** The database role: `application` reads and writes rows, `owner` changes tables. @default 'application' */
  readonly login?: 'application' | 'owner';
  /** @default 50m CPU, 128Mi up to 512Mi of memory */
  readonly resources?: Resources;
}

const SMALL: Resources = { cpu: '50m', memory: '128Mi', memoryLimit: '512Mi' };

/** A command of the Django project that runs at set times, or by hand. */
export function scheduled(
  scope: Construct,
  identity: Identity,
  django: DjangoConnection,
  { command, name, login = 'application', resources = SMALL, ...when }: ScheduledProps,
): void {
  const tmp = scratch('tmp', '/tmp', '64Mi');
  cronJob(scope, {
    ...identity,
    ...when,
    command: name,
    user: django.program.user,
    volumes: [tmp.volume, django[login].secrets.volume],
    containers: [{ ...program(django, django[login], command, tmp), name: identity.component, resources }],
  });
}
