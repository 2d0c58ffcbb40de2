import type { Application } from '../application';
import type { Secret } from './secrets';

/** The secrets that an application has from elsewhere: variable → secret. Who made them says what they look like. */
export const credentialsOf = ({ credentials = {} }: Application): Readonly<Record<string, Secret>> =>
  Object.fromEntries(
    Object.entries(credentials).map(([variable, credential]) => [
      variable,
      { ...credential, component: 'django', software: 'django', minimum: 1, rotation: [] },
    ]),
  );
