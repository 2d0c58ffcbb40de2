import type { Site } from './restore';

/** Nobody deploys or restores meanwhile. */
export const exclusively = <T>(_: Site, work: () => Promise<T>): Promise<T> => work();
