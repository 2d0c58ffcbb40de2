import type { Json } from '../manifests/manifest';
import type { Variables } from './variables';

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
  const workers = Number(last(words, WORKERS) ?? variables.get('WEB_CONCURRENCY') ?? 1);
  return {
    threads: workers * Number(last(words, THREADS) ?? 1),
    gracefulTimeout: Number(last(words, GRACEFUL_TIMEOUT) ?? 30),
  };
}

const option = (names: string): RegExp => new RegExp(`(?:^|\\s)(?:${names})[=\\s]*(\\d+)(?![\\w.])`, 'g');
const WORKERS = option('--workers|-w');
const THREADS = option('--threads');
const GRACEFUL_TIMEOUT = option('--graceful-timeout');

/** An option that is given twice has its last value. */
const last = (words: string, option: RegExp): string | undefined => [...words.matchAll(option)].at(-1)?.[1];
