import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workloads } from '../../checker/manifests/workloads';
import { development } from '../../lib/environments/development';
import type { HostedEnvironment, LocalEnvironment } from '../../lib/environments/environment';
import { production } from '../../lib/environments/production';
import { staging } from '../../lib/environments/staging';
import { parseEnvironments } from '../../rules/environments';
import { externalKeys } from '../../rules/external-secrets';
import { synthesize } from '../../rules/synthesize';
import { sample } from '../counts';
import { busy, optional, room } from '../optional';
import { find, messageOf } from '../support';
import { yamlOf } from '../yaml';

const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';
type Input = LocalEnvironment | HostedEnvironment;
const USUAL = ['api', 'dashboards', 'elasticsearch'] as const;
const FEW = Object.keys(optional) as (keyof typeof optional)[];
const OPTIONAL = [...USUAL, ...FEW];
type Optional = (typeof OPTIONAL)[number];
/** What the objects of each are called. */
const nameOf = (one: Optional): string => (one === 'commands' ? 'command' : one);

const subsetsOf = (names: readonly Optional[]) =>
  Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_, i) => (bits >> i) & 1));

/** An environment that has these alone of those that may be left out. */
const having = (input: Input, names: readonly Optional[]): Input => {
  const images = { ...input.images, ...(!names.includes('dashboards') && { dashboards: undefined }) };
  const application = { ...busy, ...(!names.includes('static') && { collectStatic: undefined }) };
  const chosen = OPTIONAL.map((name) => [
    name,
    names.includes(name) ? { ...optional, ...input }[name] : undefined,
  ]);
  return { ...input, application, images, ...room, ...Object.fromEntries(chosen) } as Input;
};

const isFit = (names: readonly Optional[]) =>
  names.includes('redis') || !(names.includes('worker') || names.includes('beat'));

/** Each with subsets of those that few have: a third of them at a time, all of them in `npm run test:slow`. */
const cases = [
  ...subsetsOf(USUAL).map((names) => [production.name, names.join() || 'none', production, names] as const),
  [development.name, USUAL.join(), development, USUAL] as const,
].map(([...each], i) => [...each, sample(subsetsOf(FEW), 3, i)] as const);

test.each(cases)('%s with %s: nothing is found, and nothing of what is left out is there', (...[
  ,
  ,
  input,
  usual,
  subsets,
]) => {
  for (const few of subsets) {
    const names = [...usual, ...few];
    if (!isFit(names)) continue;
    const [folder] = synthesize([having(input, names)]);
    const text = JSON.stringify(folder?.files);
    const there = OPTIONAL.filter((name) => text.includes(`"app.kubernetes.io/component":"${nameOf(name)}"`));
    expect(new Set(there)).toEqual(new Set(names));
    for (const name of OPTIONAL.filter((one) => !names.includes(one)))
      expect(text).not.toContain(`"name":"${nameOf(name)}"`);
  }
});

test.each(
  subsetsOf(FEW)
    .filter((names) => !isFit(names))
    .map((names) => [names.join(), names]),
)('%s: both keys are named', (_, names) => {
  const input = having(production, names as Optional[]);
  for (const name of ['worker', 'beat'] as const)
    if (names.includes(name))
      expect(() => synthesize([input])).toThrow(
        new RegExp(`production: ${name}: .*\n.*redis: \\{\\}.*lib/environments/production\\.ts`),
      );
});

test('no Secret of what is left out is asked for', () => {
  const secretsOf = (names: readonly Optional[]) =>
    parseEnvironments([having(production, names)])
      .flatMap(externalKeys)
      .map(({ secret }) => secret)
      .filter((name) => /elastic|redis/.test(name));
  expect(secretsOf(['elasticsearch'])).toEqual(['elasticsearch-superuser', 'elasticsearch-application']);
  expect(secretsOf(['redis'])).toEqual(['redis']);
  expect(secretsOf([])).toEqual([]);
});

test.each(['worker', 'metabase'] as const)("a smaller copy without the other's %s is found", (name) => {
  const model = having(production, OPTIONAL);
  const without = OPTIONAL.filter((one) => one !== name);
  const copy = { ...having(staging, without), application: model.application };
  expect(() => synthesize([model, copy])).toThrow(`NetworkPolicy/${name}: differs from production`);
});

interface Refused {
  readonly application?: readonly string[];
  readonly [setting: string]: unknown;
}

/** An application that lacks what a case says. */
const lacking = (names: readonly string[] = []) => ({
  ...busy,
  ...Object.fromEntries(names.map((name) => [name, undefined])),
});

test.each(
  Object.entries(yamlOf<Readonly<Record<string, Refused>>>(__dirname, 'optional-components.yaml')),
)('refused: %s', (_, { application, ...settings }) => {
  // YAML has no undefined.
  const given = Object.entries(settings).map(([key, value]) => [key, value ?? undefined]);
  const input = {
    ...having(production, OPTIONAL),
    application: lacking(application),
    ...Object.fromEntries(given),
  };
  expect(messageOf(() => synthesize([input]))).toMatchSnapshot();
});

test('a worker that touches a file is asked for its age', () => {
  const application = { ...busy, alive: { file: '/tmp/alive', within: 60 } };
  const [folder] = synthesize([{ ...having(production, OPTIONAL), application }]);
  const probe = folder?.files
    .flatMap(({ manifests }) => workloads(manifests))
    .find(({ name }) => name === 'Deployment/worker')?.pod.containers?.[0]?.livenessProbe?.exec?.command;
  expect(probe?.slice(3)).toEqual(['alive', '/tmp/alive', '60']);
  const folderOfFile = mkdtempSync(join(tmpdir(), 'coped-alive-'));
  const file = join(folderOfFile, 'alive');
  const status = () =>
    spawnSync('sh', [...(probe ?? []).slice(1, 4), file, '60'], { stdio: 'ignore' }).status;
  expect(status()).not.toBe(0);
  writeFileSync(file, '');
  expect(status()).toBe(0);
  const then = Date.now() / 1000 - 90;
  utimesSync(file, then, then);
  expect(status()).not.toBe(0);
  rmSync(folderOfFile, { recursive: true });
});

test("static files are collected by the application's user, and served by another who cannot change them", () => {
  const [folder] = synthesize([having(production, OPTIONAL)]);
  const pod = folder?.files
    .flatMap(({ manifests }) => workloads(manifests))
    .find(({ name }) => name === 'Deployment/static')?.pod;
  expect(pod?.initContainers?.[0]?.securityContext?.runAsUser).toBe(busy.user);
  expect(pod?.securityContext).toMatchObject({ runAsUser: 101, fsGroup: 101 });
  const served = pod?.containers?.[0]?.volumeMounts ?? [];
  expect(served).toContainEqual({ name: 'static', mountPath: '/srv/static', readOnly: true });
  // It serves files, and needs no password for that.
  expect(served.map(({ name }) => name)).not.toContain('secrets');
});

const manifestsWith = (input: Input) =>
  synthesize([input]).flatMap(({ files }) => files.flatMap(({ manifests }) => [...manifests]));

test('Metabase has its own password alone, and an Ingress that takes the prefix off', () => {
  const manifests = manifestsWith(having(production, ['metabase']));
  const its = manifests.filter(({ metadata: { name } }) => /^metabase/.test(name));
  expect(its.map(({ kind, metadata: { name } }) => `${kind}/${name}`).sort()).toMatchSnapshot();
  for (const one of its.filter(({ kind }) => /Deployment|Ingress|Middleware/.test(kind)))
    expect(one).toMatchSnapshot();
  const passwords = JSON.stringify(its).match(/"name":"postgres-\w+"/g);
  expect(passwords).toEqual(['"name":"postgres-metabase"']);
});

test('what an environment says of its Ingress holds for that of Metabase, too', () => {
  const annotations = { [MIDDLEWARES]: 'limits@file', 'example.org/timeout': '60' };
  const its = { ...having(production, ['metabase']), ingress: { annotations } };
  expect(find(manifestsWith(its), 'Ingress', 'metabase').metadata.annotations).toEqual({
    ...annotations,
    [MIDDLEWARES]:
      'limits@file,coped-production-metabase-slash@kubernetescrd,coped-production-metabase-prefix@kubernetescrd',
  });
});

test("a laptop's Traefik has in its file what others have as objects", () => {
  const { http } = yamlOf<{ http: { middlewares: Record<string, unknown> } }>(
    ...[__dirname, '..', '..', 'local', 'traefik', 'routes.yml'],
  );
  const objects = manifestsWith(having(production, ['metabase'])).filter(({ kind }) => kind === 'Middleware');
  for (const { metadata, spec } of objects) expect(http.middlewares[metadata.name]).toEqual(spec);
  const laptop = manifestsWith(having(development, ['metabase']));
  expect(laptop.map(({ kind }) => kind)).not.toContain('Middleware');
  expect(find(laptop, 'Ingress', 'metabase').metadata.annotations?.[MIDDLEWARES]?.split(',')).toEqual(
    objects.map(({ metadata }) => `${metadata.name}@file`),
  );
});
