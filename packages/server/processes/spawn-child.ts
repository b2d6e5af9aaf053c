import { spawn } from 'node:child_process';
import type { Child } from './supervisor.ts';

/** The argument that makes a server one of several processes on the same ports. Only `run-processes.ts` gives it. */
export const childArgument = '--shares-ports';

/** What a process says to the one that started it, once it takes clients. */
export interface ReadyMessage {
  /** For the person who started it. */
  readonly sentences: readonly string[];
}

/**
 * Starts this very program as one of several. In a group of its own: what is typed at a terminal reaches the parent
 * only, which says it to each once.
 */
export function spawnChild(environment: Record<string, string>, onReady: (message: ReadyMessage) => void): Child {
  const [, program = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, program, childArgument], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
    detached: true,
  });
  return {
    pid: child.pid ?? 0,
    onReady(listener) {
      child.once('message', (message: ReadyMessage) => {
        onReady(message);
        listener();
      });
    },
    onEnded(listener) {
      let hasEnded = false;
      const end = (code: number | null, signal: string | null): void => {
        if (!hasEnded) listener({ code, signal });
        hasEnded = true;
      };
      child.once('exit', end);
      // It could not even be started.
      child.once('error', () => end(null, null));
    },
    kill: (signal) => void child.kill(signal),
  };
}
