import type { Scene } from './diagnosis';

type Whose = Pick<Scene, 'environment' | 'kind'>;

/** The command that applies the sources: a local environment is brought up, a hosted one is deployed. */
export const applying = ({ environment, kind }: Whose): string =>
  kind === 'local' ? `npx coped up ${environment}` : `npx coped deploy ${environment}`;

/** The command that creates missing Secrets: a local environment has them in its manifests. */
export const creatingSecrets = (whose: Whose): string =>
  whose.kind === 'local' ? applying(whose) : `npx coped secrets ${whose.environment} init`;
