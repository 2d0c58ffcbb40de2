import type { Execute } from '../../../cli/cluster/execute';
import { run } from '../../../cli/main';
import { InterruptedError } from '../../../cli/terminal/errors';
import type { World } from '../../../cli/world';
import type { FakeWorld } from '../fake-world';
import { FakePostgres } from './fake-postgres';

// Whatever goes wrong at any step: the live database is the old one or the new one, never half of either, and the same command,
// run again, succeeds.

const OLD = { 'public.project': 3, 'public.user': 1 };
const DUMPED = { 'public.project': 5, 'public.user': 2 };
const WORDS =
  'restore staging --from a.dump --scrub lib/components/backup/scrub.sql --yes --context coped-staging';

const server = (): FakePostgres => {
  const postgres = new FakePostgres(OLD);
  postgres.dumps['a.dump'] = DUMPED;
  return postgres;
};
/** Each run is a minute after the one before: names are made of it. */
let minute = 0;
const restore = (world: World) => {
  minute += 1;
  const now = new Date(Date.UTC(2026, 0, 2, 3, minute));
  return run(WORDS.split(' '), { ...world, now: () => now });
};

type Mishap = (world: FakeWorld, call: () => ReturnType<Execute>, mayEnd: boolean) => ReturnType<Execute>;
const interrupt = ({ interruption }: FakeWorld) => {
  interruption.abort();
  return new InterruptedError();
};
const mishaps: Record<string, Mishap> = {
  'the program fails': async () => ({ code: 1, stdout: '', stderr: 'boom' }),
  'ctrl-C before it': async (world, call, mayEnd) => {
    const error = interrupt(world);
    if (mayEnd) return call();
    throw error;
  },
  'ctrl-C after it': async (world, call, mayEnd) => {
    const result = await call();
    const error = interrupt(world);
    if (mayEnd) return result;
    throw error;
  },
  'the machine is switched off before it': async () => {
    throw new InterruptedError('switched off');
  },
  'the machine is switched off after it': async (_, call) => {
    await call();
    throw new InterruptedError('switched off');
  },
};

/** The world in which something happens at one call. @returns what was called there */
function mishapAt(world: FakeWorld, index: number, name: string, seen: (line: string) => void): World {
  let calls = 0;
  let off = false;
  const execute: Execute = (program, args, options = {}) => {
    const call = () => world.execute(program, args, options);
    const mayEnd = options.evenIfInterrupted === true;
    if (off) return Promise.reject(new InterruptedError('switched off'));
    if (world.signal.aborted && !mayEnd) return Promise.reject(new InterruptedError());
    calls += 1;
    if (calls - 1 !== index) return call();
    off = name.includes('switched off');
    seen(args.join(' '));
    return (mishaps[name] as Mishap)(world, call, mayEnd);
  };
  return { ...world, execute };
}

const live = ({ databases }: FakePostgres) => databases.get('coped');
const swapped = (postgres: FakePostgres) => live(postgres)?.rows !== OLD;
const leftovers = ({ databases }: FakePostgres) =>
  [...databases.keys()].filter((name) => /restoring/.test(name));

let calls: number;
beforeAll(async () => {
  const world = server().world();
  expect(await restore(world)).toBe(0);
  calls = world.calls.length;
  expect(calls).toBeGreaterThan(20);
});

describe.each(Object.keys(mishaps))('%s', (mishap) => {
  test('at any call: nothing is lost, nothing is left, and a second run succeeds', async () => {
    for (let index = 0; index < calls; index += 1) {
      const postgres = server();
      const world = postgres.world();
      let line = '';
      const code = await restore(
        mishapAt(world, index, mishap, (seen) => {
          line = seen;
        }),
      );
      const where = `call ${index}, ${line.slice(0, 200)}: ${world.errors()}`;

      expect([where, live(postgres)?.rows]).toEqual([where, swapped(postgres) ? DUMPED : OLD]);
      expect([where, live(postgres)?.rights]).toEqual([where, true]);
      if (swapped(postgres)) expect([where, postgres.databases.size]).toEqual([where, 2]);
      if (!mishap.includes('switched off')) {
        // What could not be removed is named.
        const unnamed = leftovers(postgres).filter((name) => !world.errors().includes(`${name} is left`));
        expect([where, unnamed]).toEqual([where, []]);
      }
      // An error after the swap must not say that nothing has changed.
      if (swapped(postgres)) expect(world.errors()).not.toMatch(/unchanged/);
      if (code === 0) expect(swapped(postgres)).toBe(true);

      // The tests of the lease cover one that was left.
      const again = postgres.cluster.remove('Lease').world();
      expect([where, await restore(again), again.errors()]).toEqual([where, 0, expect.anything()]);
      expect([where, live(postgres)?.rows]).toEqual([where, DUMPED]);
      expect([where, leftovers(postgres)]).toEqual([where, []]);
      expect([where, postgres.pods]).toEqual([where, []]);
    }
  }, 60_000);
});
