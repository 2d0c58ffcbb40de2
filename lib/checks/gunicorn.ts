import type { Variables } from './variables';
import type { Json } from './workloads';

/** What a container tells gunicorn. */
export interface Gunicorn {
  /** Requests that one pod works on at once: workers times threads. Each may hold a database connection. */
  readonly threads: number;
  /** Seconds in which it finishes them when it is told to stop. */
  readonly gracefulTimeout: number;
}

/**
 * The settings of a container that runs gunicorn. Arguments win over GUNICORN_CMD_ARGS, that over WEB_CONCURRENCY, and
 * each over gunicorn's own value.
 * @see https://docs.gunicorn.org/en/stable/settings.html
 */
export function gunicornOf({ command, args }: Json, variables: Variables): Gunicorn | undefined {
  const line = [...(command ?? []), ...(args ?? [])].join(' ');
  if (!/\bgunicorn\b/.test(line)) return undefined;
  const words = `${variables.get('GUNICORN_CMD_ARGS') ?? ''} ${line}`;
  const option = (names: string): string | undefined =>
    [...words.matchAll(new RegExp(`(?:^|\\s)(?:${names})[=\\s]*(\\d+)(?![\\w.])`, 'g'))].at(-1)?.[1];
  const workers = Number(option('--workers|-w') ?? variables.get('WEB_CONCURRENCY') ?? 1);
  return {
    threads: workers * Number(option('--threads') ?? 1),
    gracefulTimeout: Number(option('--graceful-timeout') ?? 30),
  };
}
