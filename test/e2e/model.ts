import { join } from 'node:path';
import {
  type Environment,
  type HostedEnvironment,
  type LocalEnvironment,
  namespaceOf,
} from '../../lib/environments/environment';
import type { ManifestFile } from '../../lib/output/files';
import { parseEnvironments } from '../../rules/environments';
import { synthesize } from '../../rules/synthesize';
import type { Manifest } from '../manifest';

const ROOT = join(__dirname, '..', '..');
export const distOf = (environment: string): string => join(ROOT, 'dist', environment);
export const CRDS = join(ROOT, 'crds');

/** An environment as the library describes it: what the cluster is compared with. */
export interface Model {
  readonly environment: Environment;
  readonly namespace: string;
  readonly files: readonly ManifestFile[];
  readonly manifests: readonly Manifest[];
}

export function modelOf(input: LocalEnvironment | HostedEnvironment): Model {
  const [environment] = parseEnvironments([input]) as [Environment];
  const files = synthesize([input]).flatMap((folder) => folder.files);
  return {
    environment,
    namespace: namespaceOf(environment),
    files,
    manifests: files.flatMap(({ manifests }) => manifests),
  };
}
