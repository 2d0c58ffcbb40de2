import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { environments as real } from '../lib/environments';
import type { HostedEnvironment, LocalEnvironment } from '../lib/environments/environment';
import { filesOf } from '../lib/output/files';
import { synthesize } from '../rules/synthesize';
import type { Manifest } from './manifest';

type Input = LocalEnvironment | HostedEnvironment;

/** What people's environments run in the tests, whatever was released last. */
const released = {
  django: 'registry.example.org/coped/django:1.0.0',
  dashboards: 'registry.example.org/coped/dashboards:1.0.0',
  postgres: 'docker.io/library/postgres:17.12-trixie',
  elasticsearch: 'docker.elastic.co/elasticsearch/elasticsearch:9.5.3',
};

/** Every environment as written, apart from its images. */
export const environments: readonly Input[] = real.map((environment) =>
  environment.kind === 'hosted' ? { ...environment, images: released } : environment,
);

/** The objects of environments that were asked for, as JSON: tests change what they get. */
const synthesized = new WeakMap<Input, string>();

/** An environment's objects as they are written, after all checks. */
export function manifestsOf(environment: Input): Manifest[] {
  const known = synthesized.get(environment);
  if (known !== undefined) return JSON.parse(known);
  const files = synthesize([environment]).flatMap((folder) => folder.files);
  const manifests = files.flatMap((file): Manifest[] => [...file.manifests]);
  synthesized.set(environment, JSON.stringify(manifests));
  return manifests;
}

/** The objects that one component makes, without checks: it stands alone here. */
export function objectsOf(make: (scope: Construct) => unknown): Manifest[] {
  const app = new App();
  make(new Chart(app, 'test', { namespace: 'coped-test', disableResourceNameHashes: true }));
  return filesOf(app).flatMap(({ manifests }) => [...manifests]);
}

/** The object of this kind and name; fails with what is there if there is none. */
export function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found) return found;
  throw new Error(`no ${kind}/${name} in ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(', ')}`);
}

/** Environments as written, by name. */
export const named = (name: string): Input => {
  const environment = environments.find((candidate) => candidate.name === name);
  if (!environment) throw new Error(`no environment ${name}`);
  return environment;
};

/** An environment with something else at a path: `change(production, 'web.replicas', 0)`. */
export const change = (value: object, path: string, to: unknown): object => {
  const [key = '', ...rest] = path.split('.');
  const child = (value as Record<string, object>)[key];
  return { ...value, [key]: rest.length > 0 ? change(child ?? {}, rest.join('.'), to) : to };
};

/** What an act says that is refused; `accepted` where it is not. */
export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}
