import { PassThrough } from 'node:stream';
import { type LoadError, Rounds } from '../../../cli/dev/rounds';
import { Terminal } from '../../../cli/terminal';

const django = { name: 'app/django', folder: '/f', target: '/app', ignores: () => false };
const SYNTAX: LoadError = {
  text: "SyntaxError: '(' was never closed (views.py, line 3)",
  file: 'projects/views.py',
  line: 3,
};

let said: string[];
let rounds: Rounds;
beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
  said = [];
  const errors = new PassThrough();
  errors.on('data', (text) => said.push(String(text).trimEnd()));
  rounds = new Rounds(new Terminal({ input: new PassThrough(), output: new PassThrough(), errors }));
});
afterEach(() => {
  rounds.stop();
  jest.useRealTimers();
});

function save(...paths: string[]): number {
  const number = rounds.begin(django, paths);
  rounds.sent(django, number, 'web-1', 'web');
  rounds.sent(django, number, 'api-1', 'api');
  return number;
}

test('what is saved before that joins it, and the time counts from the last save', () => {
  const first = save('a.py');
  jest.advanceTimersByTime(5000);
  const second = save('b.py', 'a.py', 'c.py');
  jest.advanceTimersByTime(500);
  rounds.served(first, 'web-1', undefined);
  rounds.served(second, 'api-1', undefined);
  rounds.served(second, 'web-1', undefined);
  expect(said).toEqual(['✔ a.py and 2 more: served after 0.5 s: web, api']);
});

test('code that cannot be loaded: the last line of the traceback and its place, once for all servers', () => {
  const number = save('projects/views.py');
  rounds.served(number, 'web-1', SYNTAX);
  rounds.served(number, 'api-1', SYNTAX);
  expect(said).toEqual([
    "✘ projects/views.py: web, api cannot load it: SyntaxError: '(' was never closed (projects/views.py, line 3)\n" +
      '  Fix and save it; until then every page shows the traceback',
  ]);
});

test('some load it, some do not', () => {
  const number = save('coped/urls_api.py');
  rounds.served(number, 'web-1', undefined);
  rounds.served(number, 'api-1', { text: 'RuntimeError: no', file: null, line: null });
  expect(said[0]).toBe('✔ coped/urls_api.py: served after 0.0 s: web');
  expect(said[1]).toMatch(/^✘ coped\/urls_api.py: api cannot load it: RuntimeError: no\n/);
});

test('nothing is expected of a pod that is gone', () => {
  const number = save('a.py');
  rounds.served(number, 'web-1', undefined);
  rounds.lost('api-1');
  expect(said).toEqual(['✔ a.py: served after 0.0 s: web']);
  save('b.py');
  rounds.lost('api-1');
  rounds.lost('web-1');
  expect(said).toHaveLength(1);
});

test('says once that it takes long, and which component', () => {
  const number = save('a.py');
  rounds.served(number, 'api-1', undefined);
  jest.advanceTimersByTime(60_000);
  expect(said).toEqual(['  a.py: not served after 10 s, still waiting for web. See its log']);
  rounds.served(number, 'web-1', undefined);
  expect(said[1]).toBe('✔ a.py: served after 60.0 s: web, api');
});
