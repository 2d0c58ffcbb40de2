import { setTimeout as pause } from 'node:timers/promises';
import { GaveUpError, InterruptedError } from '../terminal/errors';

/** Where to tell what is still awaited. */
export interface Progress {
  progress(text: string): void;
}

export interface Patience {
  /** Seconds after which it is given up. */
  readonly within: number;
  /** Everything that may explain why it did not come: status, events, logs. */
  readonly why?: () => Promise<string>;
  /** Ends the wait at once: ctrl-C. */
  readonly signal?: AbortSignal;
}

/** Seconds between two looks: often at first, because most waits are short; less often later, because each look starts programs. */
const QUICK = 0.25;
const EVERY = 1;
/** Seconds after which it looks less often. */
const SHORT = 10;
/** Seconds between two lines of progress that say the same, and between two that differ. */
const REPEAT = 15;
const NEWS = 3;

/**
 * Waits for a condition. `missing` says what is still missing, or nothing when all is there; throwing counts as missing,
 * because a server that is just starting refuses connections.
 */
export async function until(
  report: Progress,
  awaited: string,
  missing: () => Promise<string | undefined>,
  { within, why, signal }: Patience,
): Promise<void> {
  const began = Date.now();
  const deadline = began + within * 1000;
  let said = '';
  let saidAt = Date.now();
  for (;;) {
    let final: GaveUpError | undefined;
    const state = await missing().catch((error: Error) => {
      if (error instanceof InterruptedError) throw error;
      if (error instanceof GaveUpError) final = error;
      return error.message.split('\n')[0] ?? '';
    });
    if (state === undefined) return;
    if (final && !why) throw final;
    if (final || Date.now() > deadline) {
      const end = final ? state : `waited ${within} s for ${awaited}: ${state}`;
      throw new Error([end, await why?.()].filter(Boolean).join('\n'));
    }
    const silence = (Date.now() - saidAt) / 1000;
    if (silence > REPEAT || (silence > NEWS && state !== said)) {
      report.progress(`waiting for ${awaited}: ${state}`);
      said = state;
      saidAt = Date.now();
    }
    const every = Date.now() - began < SHORT * 1000 ? QUICK : EVERY;
    await pause(every * 1000, undefined, { signal }).catch(() => {
      throw new InterruptedError();
    });
  }
}
