import { stamp } from '../backup/stamp';

/** The database that the site uses. */
export const LIVE = 'coped';

const FRESH = 'coped_restoring_';
const KEPT = 'coped_before_';
const MOMENT = /^\d{8}t\d{6}$/;

/** A database that is being filled; what is left of it belongs to a restore that was cut short. */
export const freshName = (now: Date): string => FRESH + stamp(now);
export const isFresh = (name: string): boolean => is(FRESH, name);

/** What was live until a restore at this moment. */
export const keptName = (now: Date): string => KEPT + stamp(now);
export const isKept = (name: string): boolean => is(KEPT, name);

const is = (prefix: string, name: string): boolean =>
  name.startsWith(prefix) && MOMENT.test(name.slice(prefix.length));
