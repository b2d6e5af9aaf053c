import { times } from '../bounds.ts';
import type { ClientPorts } from '../ports.ts';

/** Calls `woke` when the page or device says so, and when a timer is so late that the machine must have slept. */
export function detectWake(ports: ClientPorts, woke: () => void): () => void {
  const stopListening = ports.environment.onWake(woke);
  let cancel = () => {};
  const watch = () => {
    const due = ports.clock.now() + times.wakeCheckMs;
    cancel = ports.after(times.wakeCheckMs, () => {
      const late = ports.clock.now() - due;
      watch();
      if (late >= times.wakeGapMs) woke();
    });
  };
  watch();
  return () => {
    stopListening();
    cancel();
  };
}
