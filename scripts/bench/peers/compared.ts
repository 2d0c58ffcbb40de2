import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, inTurns, median, milliseconds, ROOT } from '../measure';
import { type Bar, page, plot } from './page';
import { peers } from './peers';

const ROUNDS = 15;
const FLOOR = 'loading cdk8s-plus-27';
const OURS = 'COPED, with all checks';

/** A result with its budget. */
interface Result {
  readonly text: string;
  readonly value: number;
  readonly limit: number;
}

/**
 * Three environments, made by us and by the tools that are installed, in one run; writes the page about it.
 *
 * @param ours runs a synth of three environments
 * @param perEnvironment measures one of a thousand
 */
export function besidePeers(scratch: string, ours: () => number, perEnvironment: () => number): Result[] {
  const others = peers(join(ROOT, 'dist'), join(scratch, 'peers'));
  const sides: Record<string, () => number> = {
    [FLOOR]: command(process.execPath, ['-e', "require('cdk8s-plus-27')"]),
    [OURS]: ours,
    ...Object.fromEntries(others.map(({ name, render }) => [name, () => milliseconds(render)])),
  };
  const turns = inTurns('beside others', sides, ROUNDS);
  const typically = (name: string, reference: string) =>
    median(turns.map((turn) => (turn[name] ?? Number.NaN) / (turn[reference] ?? Number.NaN)));
  const bars: Bar[] = Object.keys(sides).map((name) => ({ name, ratio: typically(name, FLOOR) }));
  const helm = others.find(({ name }) => name === 'helm');
  // It makes one environment at a time, so that a thousand take a thousand times as long.
  const one = () => milliseconds(() => helm?.render()) / 3;
  const many = helm ? inTurns('a thousand environments', { ours: perEnvironment, helm: one }, 5) : [];
  const ahead = helm && median(many.map((turn) => turn.helm / turn.ours));
  writeFileSync(join(ROOT, 'docs', 'performance.md'), page(bars, ahead));
  writeFileSync(join(ROOT, 'docs', 'performance.svg'), plot(bars));
  return helm && ahead
    ? [
        { text: 'three environments / by helm', value: typically(OURS, helm.name), limit: 1.2 },
        { text: 'one of 1,000 environments / one by helm', value: 1 / ahead, limit: 1 / 5 },
      ]
    : [];
}
