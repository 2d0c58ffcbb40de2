import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Yaml } from 'cdk8s';
import type { Manifest } from './checks/check';
import { stamp } from './stamp';

/** The objects of one file. */
export interface ManifestFile {
  /** Without its folder: `20-data.k8s.yaml`. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

const HEADER = '# Made by `npm run synth` from lib/. Change it there.\n';

/** An app's objects as they will be written: one file for each chart, in the order of their names. */
export function filesOf(app: App): ManifestFile[] {
  const charts = [...app.charts].sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
  const files = charts.map((chart) => ({
    name: `${chart.node.id}.k8s.yaml`,
    manifests: chart.toJson() as Manifest[],
  }));
  const stamped = stamp(files.flatMap(({ manifests }) => manifests));
  let next = 0;
  return files
    .map(({ name, manifests }) => ({ name, manifests: stamped.slice(next, (next += manifests.length)) }))
    .filter(({ manifests }) => manifests.length > 0);
}

/** The text of a file: plain YAML documents. */
export const render = ({ manifests }: ManifestFile): string => HEADER + Yaml.stringify(...manifests);

/** Replaces a folder's contents, so that an object that is gone from the model is gone from the folder. */
export function write(folder: string, files: readonly ManifestFile[]): void {
  const texts = files.map((file) => [join(folder, file.name), render(file)] as const);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of texts) writeFileSync(path, text);
}
