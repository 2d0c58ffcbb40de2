/** How a secret is. */
export type State = 'fine' | 'missing' | 'weak' | 'expired' | 'wrong' | 'changing' | 'warning';

/** One line of `coped secrets … check`. Never a value. */
export interface Finding {
  /** `postgres-owner/password` */
  readonly about: string;
  readonly state: State;
  /** In words; empty where all is fine. */
  readonly reason: string;
  /** What to do now. */
  readonly next?: string;
}

/** Worth knowing, and no reason to stop a deploy. */
export const harmless = ({ state }: Finding): boolean => state === 'fine' || state === 'warning';
