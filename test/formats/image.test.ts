import { moves, parseImage } from '../../formats/image';

const digest = 'a'.repeat(64);

test.each([
  ['postgres', {}],
  ['docker.io/library/postgres:17.12-trixie', { tag: '17.12-trixie' }],
  ['registry.example.org:5000/coped/django:1.0.0', { tag: '1.0.0' }],
  [`ghcr.io/coped/django@sha256:${digest}`, { digest }],
  [`ghcr.io/coped/django:1.0.0@sha256:${digest}`, { tag: '1.0.0', digest }],
])('takes %s apart', (text, parts) => {
  expect({ ...parseImage(text) }).toEqual({ tag: undefined, digest: undefined, ...parts });
});

test.each([
  '',
  'Postgres 17',
  'registry_example.org/coped:1',
  'a//b:1',
  'a:',
  'a@sha256:12',
  17,
  undefined,
])('%j is no image', (text) => {
  expect(parseImage(text)).toBeUndefined();
});

test.each([
  'latest',
  'stable',
  'main',
  'edge',
  'dev',
  'lts-slim',
  '17',
  'v17',
  '17-trixie',
  'trixie',
  undefined,
])('the tag %s moves', (tag) => {
  expect(moves({ tag })).toBe(true);
  expect(moves({ tag, digest })).toBe(false);
});

test.each(['1.4.0', '17.12-trixie', 'v1.2', '20260101', '9f86d08'])('the tag %s stays', (tag) => {
  expect(moves({ tag })).toBe(false);
});
