import { Kubectl } from '../../../cli/cluster/kubectl';
import { whileThereIsRoom } from '../../../cli/restore/disk-space';
import { InterruptedError } from '../../../cli/terminal/errors';

const GIB = 1024 ** 3;
/** A disk of 10 GiB that has less and less room. */
const filling = (...free: number[]) =>
  new Kubectl('kind-coped', 'coped-drill', async () => ({
    code: 0,
    stdout: `Avail 1B-blocks\n${(free.length > 1 ? free.shift() : free[0]) as number} ${10 * GIB}\n`,
    stderr: '',
  }));
/** Goes on until it is given up. */
function endless() {
  let fail: (error: Error) => void;
  const work = new Promise<never>((_, reject) => {
    fail = reject;
  });
  return { work: () => work, giveUp: jest.fn(async () => fail(new Error('terminating connection'))) };
}

test('gives up before the disk is full: PostgreSQL would stop, and the site with it', async () => {
  const { work, giveUp } = endless();
  const attempt = whileThereIsRoom(filling(GIB, 0.6 * GIB, 0.4 * GIB), giveUp, work, 1);
  await expect(attempt).rejects.toThrow('about to be full (410 MiB free)');
  expect(giveUp).toHaveBeenCalledTimes(1);
});

test('lets work end where there is room, and looks no more', async () => {
  const giveUp = jest.fn();
  const kubectl = filling(GIB);
  const looks = jest.spyOn(kubectl, 'run');
  expect(await whileThereIsRoom(kubectl, giveUp, async () => 'done', 1)).toBe('done');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(looks).not.toHaveBeenCalled();
  expect(giveUp).not.toHaveBeenCalled();
});

test.each([
  new Error('no such role'),
  new InterruptedError('ctrl-C'),
])('what fails for another reason says so: %s', async (error) => {
  const attempt = whileThereIsRoom(filling(GIB), jest.fn(), () => Promise.reject(error), 1);
  await expect(attempt).rejects.toBe(error);
});
