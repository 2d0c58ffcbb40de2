import type { Command } from '../application';
import type { ServerLimits } from '../known';

/** A command of Django's manage.py. */
export const manage = (...args: readonly string[]): Command => ['python', 'manage.py', ...args];

/**
 * gunicorn with threads, as a server of an application.
 *
 * @param application the WSGI application: `module:name`
 * @param since the version of gunicorn that the image has, 20.1 or later: it refuses to start with an option that it does not know
 * @see https://docs.gunicorn.org/en/stable/settings.html
 */
export const gunicorn =
  (application: string, { since }: { since: string }) =>
  ({ port, workers, threads, timeout, drain, live }: ServerLimits): Command => [
    'gunicorn',
    ...(live ? noticing(application, live) : [application]),
    `--bind=0.0.0.0:${port}`,
    '--worker-class=gthread',
    `--workers=${workers}`,
    `--threads=${threads}`,
    // The heartbeat must be memory: on a slow disk it blocks, and the worker is killed as hung.
    '--worker-tmp-dir=/dev/shm',
    `--timeout=${timeout}`,
    `--graceful-timeout=${drain}`,
    // Longer than the ingress keeps a connection: it must never write into one that just closed. Kept connections would lead
    // to old code for a while.
    `--keep-alive=${live ? 0 : 100}`,
    // Slow leaks end with the process; spread, so that processes that started together do not end together.
    '--max-requests=1000',
    '--max-requests-jitter=1000',
    ...(isFrom([25, 1], since) ? ['--no-control-socket'] : []),
    '--access-logfile=-',
  ];

/** Versions are numbers between dots: 25.10 comes after 25.9. */
function isFrom([major, minor]: readonly [number, number], version: string): boolean {
  const [given = 0, below = 0] = version.split('.').map(Number);
  return given > major || (given === major && below >= minor);
}

/** The application behind live.py, which is also gunicorn's configuration. */
const noticing = (application: string, live: string): string[] => [
  `live:application("${application}")`,
  `--config=${live}/live.py`,
  `--pythonpath=${live}`,
];
