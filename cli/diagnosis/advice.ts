import type { Scene } from './trouble';

type Whose = Pick<Scene, 'environment' | 'kind'>;

/** The command that brings what the sources say: a local environment is brought up, a hosted one is deployed. */
export const bringing = ({ environment, kind }: Whose): string =>
  kind === 'local' ? `npx coped up ${environment}` : `npx coped deploy ${environment}`;

/** The command that makes Secrets which are missing: a local environment has them in its manifests. */
export const makingSecrets = (whose: Whose): string =>
  whose.kind === 'local' ? bringing(whose) : `npx coped secrets ${whose.environment} init`;
