import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { mediaLimits } from './limits.ts';
import type { AskedTask, FromChild } from './media-tasks.ts';

/** The process of files: it does one thing at a time, and ends with the one that started it. */

function say(message: FromChild): void {
  process.send?.(message);
}

/** A file that no decoder can read is nothing out of the ordinary. */
const orNull = <T>(doing: Promise<T>): Promise<T | null> => doing.catch(() => null);

async function answerTo(task: AskedTask): Promise<unknown> {
  if (task.what === 'tell') return (await import('./tell/tell.ts')).tell(task.path, task.name, task.copy);
  if (task.what === 'look') return orNull((await import('./look/look.ts')).look(task.path, task));
  return orNull((await import('./look/measure.ts')).measure(task.path, task.type));
}

process.on('message', (task: AskedTask) => {
  answerTo(task).then(
    (answer) => say({ answer }),
    (error: unknown) => say({ failed: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }),
  );
});
// At once: an ordinary end waits for what a decoder does, and that may be without end.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
if (!existsSync('/proc/self/statm')) {
  setInterval(() => say({ resident: process.memoryUsage.rss() }), mediaLimits.residentCheckMs).unref();
}
say({ ready: true });
