import { request, type Site } from './site';

export interface Load {
  readonly requests: number;
  /** For which they were asked. */
  readonly seconds: number;
  /** What went wrong, and how often. */
  readonly failures: Readonly<Record<string, number>>;
}

/**
 * Requests that wait for their answer at the same time, at most. A machine that cannot keep up would else be asked more and
 * more, until nothing on it is answered in time: that would be a finding about the machine.
 */
export const AT_ONCE = 4;

/** Asks for a path again and again while something else goes on. Every request has a connection of its own. */
export async function underLoad(
  site: Site,
  path: string,
  perSecond: number,
  task: () => Promise<unknown>,
): Promise<Load> {
  const answers: Promise<string | undefined>[] = [];
  const began = Date.now();
  let open = 0;
  const ask = () => {
    if (open === AT_ONCE) return;
    open += 1;
    answers.push(
      failureOf(site, path).finally(() => {
        open -= 1;
      }),
    );
  };
  const timer = setInterval(ask, 1000 / perSecond);
  try {
    await task();
  } finally {
    clearInterval(timer);
  }
  const seconds = (Date.now() - began) / 1000;
  const failures: Record<string, number> = {};
  for (const failure of await Promise.all(answers)) {
    if (failure) failures[failure] = (failures[failure] ?? 0) + 1;
  }
  return { requests: answers.length, seconds, failures };
}

const failureOf = (site: Site, path: string): Promise<string | undefined> =>
  request(site, path).then(
    ({ status }) => (status === 200 ? undefined : `status ${status}`),
    (error: Error) => error.message,
  );

/** How many were asked, if none of them failed: less than was meant, where this machine could not keep up. */
export function allAnswered({ requests, seconds, failures }: Load): string {
  if (requests === 0) throw new Error('nothing was asked');
  const lines = Object.entries(failures).map(([failure, times]) => `${times} × ${failure}`);
  if (lines.length > 0) throw new Error(`of ${requests} requests\n${lines.join('\n')}`);
  return `${requests} requests (${Math.round(requests / seconds)} a second), none failed`;
}
