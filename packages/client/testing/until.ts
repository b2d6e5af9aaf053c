import { settled } from './fake-time.ts';

/** Turns of the event loop that something real (a blob that is read, a part that is loaded) takes at most. */
const mostTurns = 20_000;

/** Lets everything run until `check` holds, without time going on. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < mostTurns; turn += 1) {
    if (await check()) return;
    await settled();
  }
  throw new Error(`not within ${mostTurns} turns: ${check}`);
}
