import { join } from 'node:path';
import type { RoomId } from '@confab/protocol';
import { freePort } from '@confab/testing/free-port';
import { holdingsIn, runConfab } from '../../admin/run-confab.ts';
import { readFinalLog } from '../../history/read-final-log.ts';
import type { HistoryRecord } from '../../history/record.ts';
import { Recorder } from '../../history/recorder.ts';
import { HttpApi } from '../../load/http-api.ts';
import { ServerProcess } from '../../process/server-process.ts';

/** Where an instance keeps everything: a data folder, or a PostgreSQL with a folder for the rest. */
export interface Keeping {
  readonly data: string;
  readonly databaseUrl?: string;
}

export interface Holdings {
  readonly rows: number;
  readonly sha256: string;
}

const envOf = ({ data, databaseUrl }: Keeping): Record<string, string> => ({
  CONFAB_DATA: data,
  CONFAB_DATABASE_URL: databaseUrl ?? '',
});

/** Starts a server there; resolves when it answers. */
export async function serve(keeping: Keeping): Promise<ServerProcess> {
  const server = ServerProcess.start({
    ...{ data: keeping.data, port: await freePort(), entry: 'measured' },
    env: { ...envOf(keeping), CONFAB_TEST_ROOMY: '1' },
  });
  try {
    await server.ready(60_000);
    return server;
  } catch (error) {
    await server.end('SIGKILL');
    throw error;
  }
}

/** One of the commands that move everything; what it says that is held. */
export async function move(keeping: Keeping, ...args: readonly string[]): Promise<Holdings> {
  return holdingsIn(await runConfab(args, envOf(keeping)));
}

/** The log of a room as a server started there tells it, as the end of a history, and its epoch. */
export async function finalLogOf(
  keeping: Keeping,
  token: string,
  room: RoomId,
): Promise<{ records: readonly HistoryRecord[]; epoch: number }> {
  const server = await serve(keeping);
  const api = new HttpApi(server.url, token);
  try {
    const recorder = new Recorder();
    const events = await readFinalLog(api, room, recorder);
    return { records: recorder.records, epoch: events.at(-1)?.epoch ?? 0 };
  } finally {
    api.close();
    await server.end('SIGTERM');
  }
}

/** Paths in a folder that is used for one run. */
export const placesIn = (folder: string) => ({
  home: join(folder, 'home'),
  backup: (index: number | string) => join(folder, `backup-${index}`),
  restored: (index: number) => join(folder, `restored-${index}`),
});
