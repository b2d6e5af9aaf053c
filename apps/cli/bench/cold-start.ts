import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@confab/testing/free-port';
import { atMost, type Figure, median, told } from '../figures.ts';
import { residentBytes } from '../process/process-usage.ts';
import { ServerProcess } from '../process/server-process.ts';

/** Bar 36: from starting the process to its first answer, and what it keeps when nobody is there. */
export async function coldStart({ runs }: { runs: number }): Promise<Figure[]> {
  const firstMs: number[] = [];
  const againMs: number[] = [];
  const idleMb: { all: number; own: number }[] = [];
  for (let run = 0; run < runs; run += 1) {
    const data = await mkdtemp(join(tmpdir(), 'confab-cold-'));
    for (const times of [firstMs, againMs]) {
      const server = ServerProcess.start({ data, port: await freePort(), entry: 'whole' });
      times.push(await server.ready());
      if (times === againMs) {
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        const { all, own } = residentBytes(server.pid);
        idleMb.push({ all: all / 1024 / 1024, own: own / 1024 / 1024 });
      }
      await server.end('SIGTERM');
    }
    await rm(data, { recursive: true });
  }
  return [
    atMost('start to first answer', median(againMs), 500, 'ms'),
    told('the very first, which makes the database', median(firstMs), 'ms'),
    atMost('idle memory', median(idleMb.map(({ all }) => all)), 100, 'MB'),
    told('of it not the program’s file', median(idleMb.map(({ own }) => own)), 'MB'),
  ];
}
