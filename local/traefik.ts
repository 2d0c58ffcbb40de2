import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiObjectProps, App, Chart } from 'cdk8s';
import { KubernetesObject } from '../lib/kubernetes/object';

const read = (name: string): string => readFileSync(join(__dirname, 'traefik', name), 'utf8');

/** What the pod of Traefik reads: its routes, and the plugin that answers while nothing else does. */
const FILES = ['plugin.yml', 'routes.yml', 'starting.go', 'starting.html'];

/** The objects of local/traefik/objects.yml: they pass the same steps as those of an environment. */
export function localIngressController(): App {
  const app = new App();
  const chart = new Chart(app, 'traefik', { disableResourceNameHashes: true });
  // Here, because most commands need none of it.
  const { loadAll } = require('js-yaml') as typeof import('js-yaml');
  for (const manifest of loadAll(read('objects.yml')) as ApiObjectProps[]) {
    const files = manifest.kind === 'ConfigMap' && FILES.map((name) => [name, read(name)]);
    new KubernetesObject(chart, manifest.kind, {
      ...manifest,
      ...(files && { data: Object.fromEntries(files) }),
    });
  }
  return app;
}
