import type { HostedEnvironment, LocalEnvironment } from '../../lib/environments/environment';
import { development } from './development';
import { production } from './production';

/** Every environment, as written. A new one is a new file and a line here. */
export const environments: readonly (LocalEnvironment | HostedEnvironment)[] = [development, production];
