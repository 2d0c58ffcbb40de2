import { images } from '../../../../checker/rules/resources/images';
import { broken, found, MAIN, main } from '../../fixture';

const DIGEST = `@sha256:${'a'.repeat(64)}`;

const withImage = (image: unknown) =>
  broken('Deployment/web', (web) => {
    main(web).image = image;
  });

test.each([
  'latest',
  'stable',
  'main',
  'master',
  'edge',
  'nightly',
  'dev',
  'latest-alpine',
  '17',
  'v17',
  '17-trixie',
  'trixie',
  'bookworm-slim',
])('refuses the tag %s, which moves', (tag) => {
  const image = `docker.io/library/postgres:${tag}`;
  expect(found(images, withImage(image))).toEqual([
    [`${MAIN}.image`, image, `can change without notice: "${tag}" moves`],
  ]);
});

test.each([
  'postgres',
  'registry:5000/postgres',
  'docker.io/library/postgres',
])('refuses %s without a tag', (image) => {
  expect(found(images, withImage(image))).toEqual([
    [`${MAIN}.image`, image, 'can change without notice: it has no tag'],
  ]);
});

test.each([
  '',
  'Postgres:17.1',
  'postgres:17.1:2',
  'postgres: 17.1',
  `postgres@sha256:abc`,
  undefined,
])('refuses %j, which no runtime can read', (image) => {
  expect(found(images, withImage(image))).toEqual([
    [`${MAIN}.image`, image, 'is not a reference to an image'],
  ]);
});

test.each([
  'postgres:17.12',
  'docker.io/library/postgres:17.12-trixie',
  'localhost:5001/coped/web:1.4.0-rc.1',
  'ghcr.io/coped/web:20260930',
  'ghcr.io/coped/web:3dbc251',
  `ghcr.io/coped/web${DIGEST}`,
  `ghcr.io/coped/web:latest${DIGEST}`,
])('accepts %s', (image) => {
  expect(found(images, withImage(image))).toEqual([]);
});

test('knows the images of a laptop only on a laptop', () => {
  const subject = withImage('docker.io/coped/web:development');
  expect(found(images, subject)).toEqual([
    [`${MAIN}.image`, 'docker.io/coped/web:development', 'is an image that only a laptop has'],
  ]);
  expect(found(images, { ...subject, fakeSecrets: true })).toEqual([]);
});

test.each(['Always', undefined])('refuses to pull %s', (imagePullPolicy) => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.initContainers[0].imagePullPolicy = imagePullPolicy;
  });
  expect(found(images, subject)).toEqual([
    [
      'Deployment/web spec.template.spec.initContainers[wait].imagePullPolicy',
      imagePullPolicy,
      'is not IfNotPresent',
    ],
  ]);
});
