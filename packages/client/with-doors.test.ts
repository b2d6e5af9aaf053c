import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as inFolder } from 'node:path';
import type { ClientId, RoomId } from '@confab/protocol';
import { configWith, type RunningServer, startServer } from '@confab/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Confab } from './api.ts';
import { type DoorName, doorNames } from './connection/door-ladder.ts';
import { createConfab } from './index.ts';
import { systemPorts } from './system-ports.ts';
import { linesOf } from './testing/device.ts';

let data: string;
let server: RunningServer;
let token = '';
let room: RoomId;
const clients: Confab[] = [];

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

/** A device on a network that lets nothing through but these doors. */
function behind(open: Set<DoorName>): Confab {
  const ports = systemPorts();
  const confab = createConfab({
    url: server.url,
    token,
    ports: {
      openSocket(url, handlers, door) {
        if (open.has(door)) return ports.openSocket(url, handlers, door);
        queueMicrotask(() => handlers.closed(1006));
        return { send() {}, close() {} };
      },
      // What is waited for between attempts is not what is tested.
      after: (delayMs, task) => ports.after(Math.min(delayMs, 200), task),
    },
  });
  clients.push(confab);
  return confab;
}

const doorOf = (confab: Confab): string => {
  const state = confab.connection.get();
  return state.status === 'online' ? state.door : state.status;
};

beforeAll(async () => {
  data = await mkdtemp(inFolder(tmpdir(), 'confab-doors-'));
  server = await startServer(configWith({ data, port: 0, host: '127.0.0.1', logLevel: 'silent' }));
  const owner = createConfab({ url: server.url });
  clients.push(owner);
  const password = 'correct horse battery staple';
  const made = await owner.account.setUp({ handle: 'owner', name: 'Owner', password, space: 'Team' });
  token = made.token ?? '';
  room = (await owner.call('account.home', {})).rooms[0]?.info.id as RoomId;
});
afterAll(async () => {
  for (const confab of clients) await confab.stop();
  await server.close();
  await rm(data, { recursive: true, force: true });
});

describe('a client where only one door is open', () => {
  it.each(doorNames)(
    'finds %s by itself, and everything works through it',
    async (door) => {
      const confab = behind(new Set([door]));
      confab.start();
      await eventually(() => expect(doorOf(confab)).toBe(door));
      const timeline = confab.rooms.timeline(room);
      timeline.open();
      timeline.post(`from here over ${door}`);
      await eventually(() => expect(linesOf(timeline).at(-1)).toMatch(new RegExp(`^\\d+ from here over ${door}$`)));
      const other = behind(new Set(['websocket']));
      other.start();
      await eventually(() => expect(doorOf(other)).toBe('websocket'));
      const params = { room, clientId: `to-${door}` as ClientId, text: `from elsewhere to ${door}` };
      await other.call('message.post', params);
      await eventually(() => expect(linesOf(timeline).at(-1)).toMatch(new RegExp(`^\\d+ from elsewhere to ${door}$`)));
      // A whole page of commands at once, in their order.
      for (let count = 0; count < 30; count += 1) timeline.post(`${door} ${count}`);
      await eventually(() => expect(linesOf(timeline).at(-1)).toMatch(new RegExp(`^\\d+ ${door} 29$`)));
      const numbered = linesOf(timeline).filter((line) => new RegExp(`^\\d+ ${door} \\d+$`).test(line));
      expect(numbered.map((line) => Number(line.split(' ').at(-1)))).toEqual(Array.from({ length: 30 }, (_, n) => n));
    },
    180_000,
  );

  it('moves to the best door when it opens, without losing or doubling anything', async () => {
    const open = new Set<DoorName>(['long-poll']);
    const confab = behind(open);
    confab.start();
    await eventually(() => expect(doorOf(confab)).toBe('long-poll'));
    const timeline = confab.rooms.timeline(room);
    timeline.open();
    open.add('websocket');
    for (let count = 0; count < 20; count += 1) timeline.post(`moving ${count}`);
    await eventually(() => expect(doorOf(confab)).toBe('websocket'));
    await eventually(() => expect(linesOf(timeline).at(-1)).toMatch(/^\d+ moving 19$/));
    const moving = linesOf(timeline).filter((line) => line.includes('moving'));
    expect(moving).toHaveLength(20);
  }, 180_000);
});
