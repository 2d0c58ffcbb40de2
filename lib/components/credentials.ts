import type { Application, Credential } from '../application';

/** What is true of all of them: who made one knows what it looks like. */
const OF_DJANGO = { component: 'django', software: 'django', minimum: 1, rotation: [] } as const;
type OfDjango = Credential & typeof OF_DJANGO;

/** The secrets that an application has from elsewhere: variable → secret. */
export const credentialsOf = ({ credentials = {} }: Application): Readonly<Record<string, OfDjango>> =>
  Object.fromEntries(
    Object.entries(credentials).map(([variable, credential]) => [variable, { ...credential, ...OF_DJANGO }]),
  );
