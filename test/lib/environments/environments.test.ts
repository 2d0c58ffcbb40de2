import { find, manifestsOf, named } from '../../support';

test.each(['staging', 'production'])('%s never touches the database by itself', (name) => {
  const manifests = manifestsOf(named(name));
  expect(find(manifests, 'ConfigMap', 'django').data.DEBUG).toBe('0');
  expect(JSON.stringify(manifests)).not.toMatch(/flush|--pythonpath=\/live/);
  expect(find(manifests, 'CronJob', 'migrate').spec.suspend).toBe(true);
  expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
});
