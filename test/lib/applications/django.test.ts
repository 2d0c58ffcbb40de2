import { gunicorn } from '../../../lib/applications/django';

const limits = { port: 8000, workers: 2, threads: 4, timeout: 60, drain: 30 };

test.each([
  ['20.1', false],
  ['25.0.3', false],
  ['25.1', true],
  ['25.1.0', true],
  ['25.10', true],
  ['9.25', false],
  ['100.0', true],
])('gunicorn %s: it has a control socket to switch off: %s', (since, has) => {
  const command = gunicorn('site.wsgi:application', { since })(limits);
  expect(command.includes('--no-control-socket')).toBe(has);
});
