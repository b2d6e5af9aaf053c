import { InProcessBus } from '@confab/bus/in-process';
import type { Bus } from '@confab/engine';

/** How events reach this node's listeners; those of other nodes are found in the log by the engine's sweep. */
export async function openBus(): Promise<Bus> {
  return new InProcessBus();
}
