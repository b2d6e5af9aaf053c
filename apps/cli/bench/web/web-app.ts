import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientId, RoomId } from '@confab/protocol';
import { freePort } from '@confab/testing/free-port';
import { atMost, type Figure, median, percentile, told } from '../../figures.ts';
import { LoadConnection } from '../../load/load-connection.ts';
import { type Inhabitant, password, patiently, populate } from '../../load/population.ts';
import { ServerProcess } from '../../process/server-process.ts';
import { AppInBrowser, type Frames } from './testing/app-in-browser.ts';

export interface WebAppOptions {
  /** In the room that is scrolled. */
  messages: number;
  /** Rooms between which one goes to and fro, twice. */
  rooms: number;
  /** Scrolls, each of four seconds. */
  runs: number;
}

const perRoom = 80;
const together = 200;
/** The first start builds the web app. */
const startMs = 180_000;

/** Bar 38: going from room to room, and up a long room, in a browser on the machine of the server. */
export async function webApp({ messages, rooms, runs }: WebAppOptions): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'confab-bench-'));
  const port = await freePort();
  let server = ServerProcess.start({ data, port, entry: 'measured', env: { CONFAB_TEST_ROOMY: '1' } });
  try {
    await server.ready();
    const { owner, space, room } = await populate(server.url, 0, 'long');
    const names = Array.from({ length: rooms }, (_, index) => `room-${index}`);
    for (const name of names) {
      const made = await patiently(() => owner.api.call('room.create', { space, name, visibility: 'public' }));
      await fill(server.url, owner, made.room.info.id, perRoom);
    }
    await fill(server.url, owner, room, messages);
    await server.end('SIGTERM');
    server = ServerProcess.start({ data, port, entry: 'whole' });
    await server.ready(startMs);
    const app = await AppInBrowser.open(server.url, { handle: owner.handle, password });
    try {
      const places = names.map((name) => ({ name, last: perRoom - 1 }));
      const [first, again] = [await app.visit(places), await app.visit(places)];
      await app.visit([{ name: 'long', last: messages - 1 }]);
      const own: Frames[] = [];
      const floor: Frames[] = [];
      for (let run = 0; run < runs; run += 1) {
        own.push(await app.scrollUp());
        floor.push(await app.scrollPlainPage());
      }
      return figures({ first, again, own, floor, messages });
    } finally {
      await app.close();
    }
  } finally {
    await server.end('SIGKILL');
    await rm(data, { recursive: true, force: true });
  }
}

interface Measured {
  readonly first: readonly number[];
  readonly again: readonly number[];
  readonly own: readonly Frames[];
  readonly floor: readonly Frames[];
  readonly messages: number;
}

function figures({ first, again, own, floor, messages }: Measured): Figure[] {
  const late = (frames: readonly Frames[]) => median(frames.map(({ late, all }) => (100 * late) / all));
  return [
    atMost(
      'to a room seen for the first time, from the press to its messages, p95',
      percentile(first, 0.95),
      100,
      'ms',
    ),
    told('p50', median(first), 'ms'),
    atMost('to a room seen before, p95', percentile(again, 0.95), 100, 'ms'),
    told('p50 again', median(again), 'ms'),
    atMost('scrolling up a long room: frames that came late', late(own), Math.max(1, 1.5 * late(floor)), '%'),
    told('a page of plain lines in the same browser: frames that came late', late(floor), '%'),
    told('messages that went by in a run', median(own.map(({ passed }) => passed))),
    told('messages in the room', messages),
  ];
}

async function fill(url: string, { token }: Inhabitant, room: RoomId, count: number): Promise<void> {
  const connection = await LoadConnection.open(url, token);
  for (let from = 0; from < count; from += together) {
    const size = Math.min(together, count - from);
    const posts = Array.from({ length: size }, (_, index) => ({
      room,
      clientId: `${room}-${from + index}` as ClientId,
      text: `${from + index} ${'A line of usual length, as people write them. '.repeat(1 + ((from + index) % 7))}`,
    }));
    await connection.callTogether('message.post', posts);
  }
  connection.destroy();
}
