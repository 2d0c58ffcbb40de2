import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, type App, type Chart } from 'cdk8s';
import { commentsOf } from '../kubernetes/comments';
import type { Manifest } from './manifest';
import { stamp } from './stamp';
import { toYaml } from './yaml';

/** The objects of one file, and its text. */
export interface ManifestFile {
  /** Without its folder: `20-data.k8s.yaml`. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
  readonly text: string;
}

const HEADER = '# Made by `npm run synth` from lib/. Change it there.\n';

/** An app's objects as they will be written: one file for each chart, in the order of their names. */
export function filesOf(app: App): ManifestFile[] {
  // Not chart.toJson(): it resolves the dependencies of the whole app again for every chart.
  const charts = new Map<Chart, ApiObject[]>();
  for (const object of app.node.findAll().filter(ApiObject.isApiObject)) {
    const known = charts.get(object.chart);
    if (known) known.push(object);
    else charts.set(object.chart, [object]);
  }
  const files = [...charts]
    .map(([chart, objects]) => ({ name: `${chart.node.id}.k8s.yaml`, objects }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  // Configuration and the pods that use it may be in different files: stamp them together.
  const all = files.flatMap(({ objects }) => objects.map((object): Manifest => object.toJson()));
  const stamped = stamp(all).values();
  return files.map(({ name, objects }) => {
    const manifests = objects.map(() => stamped.next().value as Manifest);
    const documents = manifests.map((manifest, i) => toYaml(manifest, commentsOf(objects[i] as ApiObject)));
    return { name, manifests, text: HEADER + documents.join('---\n') };
  });
}

/** Replaces a folder's contents, so that an object that is gone from the model is gone from the folder. */
export function write(folder: string, files: readonly ManifestFile[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
}
