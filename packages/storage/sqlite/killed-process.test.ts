import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { DatabaseRefused } from '../database.ts';
import { migrations } from '../testing/migrations.ts';
import { scripts } from '../testing/scripts.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openSqliteInline } from './index.ts';

const program = new URL('../testing/writer-process.ts', import.meta.url).pathname;

function startWriter(...options: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [program, ...options], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stderr.pipe(process.stderr);
  return child;
}

/** Kills the writer after that many acknowledgements; resolves to all ids that it acknowledged, also while dying. */
async function killAfter(child: ChildProcessWithoutNullStreams, count: number): Promise<number[]> {
  const closed = once(child, 'close');
  const ids: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    const [word, id] = line.split(' ');
    if (word === 'acknowledged') ids.push(Number(id));
    if (ids.length === count) child.kill('SIGKILL');
  }
  expect((await closed)[1]).toBe('SIGKILL');
  return ids;
}

test('[L3] a killed process loses nothing that it acknowledged, in 20 rounds on one file', async () => {
  const file = join(temporaryFolder(), 'confab.db');
  const acknowledged: number[] = [];
  for (let round = 0; round < 20; round++) {
    const from = round * 1_000_000 + 1;
    acknowledged.push(...(await killAfter(startWriter('--file', file, '--from', `${from}`), 30 + round * 17)));
    const database = await openSqliteInline({ file, scripts, migrations });
    const stored = new Set(await database.read<number[]>('ids', {}));
    await database.close();
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    // The last line may have been cut off, so each caller may have one stored that was not heard of.
    expect(stored.size).toBeLessThanOrEqual(acknowledged.length + (round + 1) * 8);
  }
}, 180_000);

test('a second process is refused with the file and the first process named, until that one is killed', async () => {
  const file = join(temporaryFolder(), 'confab.db');
  const child = startWriter('--file', file);
  await once(child.stdout, 'data');
  const refusal = await openSqliteInline({ file, scripts, migrations }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DatabaseRefused);
  expect(refusal).toMatchObject({ reason: 'in-use' });
  expect((refusal as Error).message).toContain(`${file} is in use by process ${child.pid}`);
  child.stdout.resume();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await openSqliteInline({ file, scripts, migrations })).close();
});
