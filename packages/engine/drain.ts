import type { EngineLimits } from './limits.ts';
import type { EngineParts } from './parts.ts';
import type { Timers } from './ports.ts';
import type { Session } from './session.ts';

/**
 * Goes down in peace: lets nobody in, and ends each connection when its commands under way are finished, telling it
 * when to come back. Where there are other nodes it does so a slice at a time, and serves everybody until it is their
 * turn: so nobody waits for all the others to come in elsewhere. Alone it ends all at once, to be back the sooner.
 * Resolves when all are gone, at the latest after `limits.drainMs`.
 */
export function drain(parts: EngineParts, timers: Timers): Promise<void> {
  const { admission, limits, sessions } = parts;
  admission.draining = parts.neighbours.count > 0 ? 'in turn' : 'at once';
  const startedMs = parts.clock.monotonic();
  const waiting = [...sessions];
  const slice = admission.draining === 'in turn' ? sliceOf(waiting.length, limits) : waiting.length;
  return new Promise((resolve) => {
    const step = (): void => {
      const isLate = parts.clock.monotonic() - startedMs >= limits.drainMs;
      for (const session of waiting.splice(0, isLate ? waiting.length : slice)) session.closeWhenIdle();
      if (isLate) endAll(sessions);
      if (sessions.size > 0 && !isLate) {
        timers.after(limits.drainSliceMs, step);
        return;
      }
      parts.neighbours.leave();
      parts.presence.end();
      parts.wheel.stop();
      resolve();
    };
    step();
  });
}

function endAll(sessions: ReadonlySet<Session>): void {
  for (const session of [...sessions]) session.close('draining');
}

function sliceOf(connections: number, { drainSlice, drainSliceMs, drainSpreadMs }: EngineLimits): number {
  return Math.max(drainSlice, Math.ceil((connections * drainSliceMs) / drainSpreadMs));
}
