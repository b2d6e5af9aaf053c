import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoomId } from '@confab/protocol';
import { freePort } from '@confab/testing/free-port';
import { type Inhabitant, populate } from '../../load/population.ts';
import { ServerProcess } from '../../process/server-process.ts';

/** A server and two people who are in its one room. */
export interface TwoPeople {
  readonly url: string;
  readonly room: RoomId;
  readonly ada: Inhabitant;
  readonly ben: Inhabitant;
  close(): Promise<void>;
}

export async function twoPeople(env: Readonly<Record<string, string>> = {}): Promise<TwoPeople> {
  const data = await mkdtemp(join(tmpdir(), 'confab-peers-'));
  const options = {
    data,
    port: await freePort(),
    entry: 'measured',
    env: { CONFAB_MQTT_PORT: String(await freePort()), ...env },
  } as const;
  const server = ServerProcess.start(options);
  const close = async () => {
    await server.end('SIGKILL');
    await rm(data, { recursive: true, force: true });
  };
  try {
    await server.ready();
    const { owner, members, room } = await populate(server.url, 2);
    const [ada, ben] = members;
    if (!ada || !ben) throw new Error('There are not enough people.');
    return {
      url: server.url,
      room,
      ada,
      ben,
      async close() {
        owner.api.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits for what pages and processes bring about. */
export async function until(holds: () => boolean | Promise<boolean>, what: () => unknown): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain: ${JSON.stringify(await what())}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
