import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sample } from '../lib/applications/sample';
import { filesIn } from './copy';

const LIMITS = { port: 1, workers: 1, threads: 1, timeout: 1, drain: 1 };

/** Each program of the sample, as it is started in every way. */
const commands = [
  ...[true, false].map((alone) => sample.web.command({ ...LIMITS, alone })),
  sample.api?.command({ ...LIMITS, alone: false }),
  ...sample.migrate,
  sample.migrated,
  sample.index,
  sample.counted,
  sample.uses?.('X'),
  ...(sample.sample ?? []),
  sample.worker?.({ concurrency: 1, queues: ['x'] }),
  sample.beat,
  ...Object.values(sample.commands ?? {}),
].flatMap((command) => command ?? []);

/** Words of Python, Django, gunicorn and Celery: any application has them. */
const COMMON = new Set(
  'python -m manage.py gunicorn celery worker beat migrate --noinput --check sample'.split(' '),
);

/** Its parts, as Python names what is in them: `projects.` */
const parts = filesIn(['app/django'], /\/migrations\/0001_/).map((path) => `${path.split('/')[2]}.`);

/** What only the sample has: its modules, its commands, its paths. */
const words = [
  sample.settings,
  ...[sample.web, sample.api].flatMap((server) => [server?.live, server?.ready]),
  sample.alive?.file,
  ...Object.keys(sample.commands ?? {}),
  ...parts,
  ...commands,
]
  .flatMap((word) => word?.split(':')[0] ?? [])
  .filter((word) => !COMMON.has(word) && !/^--[a-z-]+=?/.test(word) && word !== 'X');

const files = filesIn(
  ['lib', 'cli', 'rules', 'checker', 'formats'],
  /\.(ts|py|sh|sql|ya?ml|json|conf)$/,
).filter((path) => !path.startsWith('lib/applications/'));

test("nothing but the sample's own declaration knows its modules, commands and paths", () => {
  expect(words).toEqual(
    expect.arrayContaining(['coped.settings', 'coped.wsgi.web', '/livez', 'search_index', 'projects.']),
  );
  const found = files.flatMap((path) => {
    const text = readFileSync(join(__dirname, '..', path), 'utf8');
    return words.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`);
  });
  expect(found).toEqual([]);
});
