import { request, type Site } from './site';

/**
 * Requests that wait for their answer at the same time, at most. A machine that cannot keep up would else be asked more and
 * more, until nothing on it is answered in time: that would be a finding about the machine.
 */
export const AT_ONCE = 4;

/**
 * Asks for a path again and again while something else goes on. Every request has a connection of its own.
 *
 * @returns how many were asked: less than was meant, where this machine could not keep up
 * @throws Error if one of them failed
 */
export async function underLoad(
  site: Site,
  path: string,
  perSecond: number,
  task: () => Promise<unknown>,
): Promise<string> {
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
  const failures = (await Promise.all(answers)).filter((failure) => failure !== undefined);
  const kinds = [...new Set(failures)].map(
    (kind) => `${failures.filter((failure) => failure === kind).length} × ${kind}`,
  );
  if (answers.length === 0) throw new Error('nothing was asked');
  if (kinds.length > 0) throw new Error(`of ${answers.length} requests\n${kinds.join('\n')}`);
  return `${answers.length} requests (${Math.round(answers.length / seconds)} a second), none failed`;
}

const failureOf = (site: Site, path: string): Promise<string | undefined> =>
  request(site, path).then(
    ({ status }) => (status === 200 ? undefined : `status ${status}`),
    (error: Error) => error.message,
  );
