import type { Environment } from '../../lib/environments/environment';
import { requireKind } from '../cluster/site';

/** @throws RefusedError for an environment that is deployed */
export const refuseHosted = (environment: Environment): void =>
  requireKind(
    environment,
    'local',
    'no command takes it down',
    `Deploy it with \`npx coped deploy ${environment.name}\``,
  );
