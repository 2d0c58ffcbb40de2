import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parse } from 'yaml';
import { type LoadError, Rounds } from '../../../cli/dev/rounds';
import { Terminal } from '../../../cli/terminal';

interface Event {
  readonly save?: readonly string[];
  readonly wait?: number;
  readonly served?: string;
  readonly order?: number;
  readonly error?: LoadError;
  readonly lost?: string;
}
const scenarios: Readonly<Record<string, readonly Event[]>> = parse(
  readFileSync(join(__dirname, 'rounds.yaml'), 'utf8'),
);
const django = {
  name: 'app/django',
  context: 'app/django',
  folder: '/f',
  target: '/app',
  ignores: () => false,
};
const START = 1_000_000;

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});
afterEach(() => jest.useRealTimers());

test.each(Object.entries(scenarios))('%s', (_, events) => {
  const said: string[] = [];
  const errors = new PassThrough();
  errors.on('data', (text) => said.push(`${(Date.now() - START) / 1000} s: ${text}`));
  const rounds = new Rounds(new Terminal({ input: new PassThrough(), output: new PassThrough(), errors }));
  let last = 0;
  for (const { save, wait = 0, served, order = last, error, lost } of events) {
    if (save) {
      last = rounds.begin(django, save);
      rounds.sent(django, last, 'web-1', 'web');
      rounds.sent(django, last, 'api-1', 'api');
    }
    jest.advanceTimersByTime(wait * 1000);
    if (served) rounds.served(order, served, error);
    if (lost) rounds.lost(lost);
  }
  rounds.stop();
  expect(said.join('')).toMatchSnapshot();
});
