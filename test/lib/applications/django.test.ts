import { gunicorn } from '../../../lib/applications/django';

const limits = { port: 8000, workers: 2, threads: 4, timeout: 60, alone: false, drain: 30 };

test('only a gunicorn that has a control socket is told to have none', () => {
  const versions = ['9.25', '20.1', '25.0.3', '25.1', '25.1.0', '25.10', '100.0'];
  const has = (since: string) => gunicorn('a:b', { since })(limits).includes('--no-control-socket');
  expect(versions.filter(has)).toEqual(['25.1', '25.1.0', '25.10', '100.0']);
});
