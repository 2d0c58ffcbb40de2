import { type Flow, flows } from '../../../lib/network/flows';
import { IMPOSTOR } from './parties';
import { type Answer, placeOf, type Source, type Target } from './targets';

/** Whether a connection should be possible. */
export type Expectation = (source: Source, target: Target) => boolean;

/** Whether the flow table has a line for this connection. */
export const declared = (
  source: Source,
  { name, port, protocol }: Target,
  table: readonly Flow[] = flows,
): boolean =>
  table.some(
    (flow) =>
      (flow.from as readonly string[]).includes(source.name) &&
      flow.to === name &&
      flow.port === port &&
      (flow.protocols ?? ['TCP']).includes(protocol),
  );

export type Verdict = 'right' | 'leak' | 'broken' | 'unproven' | 'control';

/** What the pod that no policy holds can reach outside shows what is there to be reached. */
export const isControl = (source: Source, target: Target): boolean =>
  source.name === IMPOSTOR && target.kind === 'outside';

/**
 * What one answer means. A refusal proves something only if the target answers at all: that is shown by the pod itself
 * for probes, by an allowed connection for real pods, and by the pod that no policy holds for everything outside.
 */
export function verdict(answer: Answer, all: readonly Answer[], allowed: Expectation): Verdict {
  const { source, target, connects } = answer;
  if (isControl(source, target)) return 'control';
  if (allowed(source, target)) return connects ? 'right' : 'broken';
  if (connects) return 'leak';
  return answersAtAll(target, all) ? 'right' : 'unproven';
}

const answersAtAll = (target: Target, all: readonly Answer[]): boolean =>
  target.kind === 'probe' || all.some((answer) => samePlace(answer, target) && answer.connects);

const samePlace = ({ source, target: other }: Answer, target: Target): boolean =>
  placeOf(other) === placeOf(target) &&
  (target.kind === 'outside' ? isControl(source, other) : other.kind === target.kind);

/** `web -> postgres:5432 (real, other node)` */
export const describe = ({ source, target }: Answer): string => {
  const where = target.node ? `, ${target.node === source.node ? 'same' : 'other'} node` : '';
  return `${source.name} -> ${placeOf(target)} (${target.kind}${where})`;
};
