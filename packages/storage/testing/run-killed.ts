import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a program that calls `killAtStep` with its first argument. Resolves to whether it came to its end alive.
 * @throws an `Error` with what it said when it failed otherwise.
 */
export async function runKilled(program: URL, step: number, args: readonly string[]): Promise<'killed' | 'alive'> {
  const child = spawn(process.execPath, [program.pathname, `${step}`, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
  }
  const [code, signal] = await once(child, 'close');
  if (signal === 'SIGKILL') return 'killed';
  if (code === 0) return 'alive';
  throw new Error(`it ended with ${code} at step ${step}: ${said}`);
}

/** In the usual run of the tests, which is to be short. CONFAB_TEST_EVERY_STEP=1 tries them all. */
const sampledEvery = 11;

/** Tries a program at its steps from the first, a few at a time, until it comes to its end; the number of steps. */
export async function killedAtEachStep(attempt: (step: number) => Promise<'killed' | 'alive'>): Promise<number> {
  const atOnce = 3;
  const every = process.env.CONFAB_TEST_EVERY_STEP === '1' ? 1 : sampledEvery;
  let next = 1;
  let steps: number | undefined;
  const worker = async (): Promise<void> => {
    while (steps === undefined) {
      const step = next;
      next += every;
      if ((await attempt(step)) === 'alive') steps ??= step - 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return steps ?? 0;
}
