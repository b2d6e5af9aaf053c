import type { EngineParts } from './parts.ts';
import type { Timers } from './ports.ts';
import type { Session } from './session.ts';

/**
 * Goes down in peace: lets nobody in, takes no new commands, finishes those under way, and ends the connections a
 * slice at a time, each told when to come back. Resolves when all are gone, at the latest after `limits.drainMs`.
 */
export function drain(parts: EngineParts, timers: Timers): Promise<void> {
  const { admission, limits, sessions } = parts;
  admission.draining = true;
  const startedMs = parts.clock.monotonic();
  const waiting = [...sessions];
  return new Promise((resolve) => {
    const step = (): void => {
      const isLate = parts.clock.monotonic() - startedMs >= limits.drainMs;
      for (const session of waiting.splice(0, isLate ? waiting.length : limits.drainSlice)) session.closeWhenIdle();
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
