import type { Peer } from '../../../checker/reachability/peer';

/** Somewhere to connect to. */
export interface Target {
  /** A party, an outsider of the flow table, or a place that must never be reached. */
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** `probe` has one of our own listeners behind it, `real` the software itself, `outside` neither. */
  readonly kind: 'probe' | 'real' | 'outside';
  readonly node?: string;
  readonly namespace?: string;
  /** What policies see of it. */
  readonly peer: Peer;
}

export interface Source {
  readonly name: string;
  readonly namespace: string;
  readonly pod: string;
  readonly address: string;
  readonly node: string;
  readonly peer: Peer;
}

export interface Answer {
  readonly source: Source;
  readonly target: Target;
  readonly connects: boolean;
}

/** `postgres:5432`, `dns:53/UDP` */
export const placeOf = ({ name, port, protocol }: Target): string =>
  `${name}:${port}${protocol === 'UDP' ? '/UDP' : ''}`;
