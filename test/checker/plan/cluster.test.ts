import { routes } from '../../../checker/plan/access/routes';
import { created } from '../../../checker/plan/objects/created';
import { capacity } from '../../../checker/plan/pods/capacity';
import { images } from '../../../checker/plan/pods/images';
import { edited, lines, release, says } from './planned';

test('more replicas take more of the cluster', () => {
  expect(lines(says(capacity, release('production', { 'dashboards.replicas': 4 })))).toEqual([
    'CPU: 7.5 to 14.5 → 8 to 15 cores',
    'Memory: 18 to 25 → 19 to 26 GiB',
    'Deployment/dashboards: 2 pods → 4 pods',
  ]);
});

test('a larger claim', () => {
  expect(lines(says(capacity, release('production', { 'backup.storage': '60Gi' })))).toEqual([
    'PersistentVolumeClaim/backup: grows from 50Gi to 60Gi, if it is in use and its storage class allows that',
  ]);
  expect(says(capacity, release('production', { 'backup.storage': '40Gi' }))).toEqual([]);
});

test('another quota', () => {
  expect(says(capacity, release('production', { 'quota.pods': 60 }))).toEqual([
    expect.objectContaining({ about: 'ResourceQuota/quota', details: ['spec.hard.pods: 50 → 60'] }),
  ]);
});

test('each image once, with who runs it', () => {
  const subject = release('production', { 'images.postgres': 'docker.io/library/postgres:17.13-trixie' });
  expect(says(images, subject)).toEqual([
    {
      about: 'docker.io/library/postgres',
      what: '17.12-trixie → 17.13-trixie',
      details: ['used by backup, postgres, postgres-bootstrap'],
    },
  ]);
});

test('another host, with its routes and certificates', () => {
  const told = says(routes, release('production', { host: 'coped.example.com' }));
  expect(lines(told)).toEqual([
    'Certificate/ingress: has these new',
    'Ingress/ingress: has these new',
    'Certificate/ingress: has these no longer',
    'Ingress/ingress: has these no longer',
  ]);
  expect(told[1]?.details).toEqual([
    'TLS for coped.example.com from Secret/ingress-tls',
    'coped.example.com/ leads to Service/web:8000',
    'coped.example.com/api/ leads to Service/api:8000',
    'coped.example.com/dashboards/ leads to Service/dashboards:8866',
  ]);
});

test('a port of every machine', () => {
  const subject = edited('production', 'Service/web', ({ spec }) => {
    spec.type = 'NodePort';
    spec.ports[0].nodePort = 30800;
  });
  expect(says(routes, subject)).toMatchObject([
    { about: 'Service/web', details: ['port 30800 of every machine'] },
  ]);
});

test('every kind that the environments use has a phrase', () => {
  for (const name of ['development', 'production']) {
    const told = says(created, { ...release(name), committed: [] });
    expect(told.length).toBeGreaterThan(40);
    expect(told.filter(({ what }) => what.includes('its own documentation'))).toEqual([]);
  }
});
