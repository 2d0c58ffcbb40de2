import { development } from './development';
import type { HostedEnvironment, LocalEnvironment } from './environment';
import { production } from './production';
import { staging } from './staging';

/** Every environment, as written. A new one is a new file and a line here. */
export const environments: readonly (LocalEnvironment | HostedEnvironment)[] = [
  development,
  staging,
  production,
];
