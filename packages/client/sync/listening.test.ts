import type { ListenAnswer, LoggedEvent, LogId, Position, Result } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { describe, expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';
import { eventAt } from '../testing/shaky-log.ts';
import { Listening } from './listening.ts';

function servers(rooms: number) {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  const names = Array.from({ length: rooms }, (_, index) => `r${index}`);
  const made = names.map((name) => server.addRoom(name, ada));
  return { server, ada, rooms: made };
}

const listens = (server: FakeServer) => server.asked.filter((line) => line.startsWith('listen'));

describe('following logs', () => {
  it('[L4] goes on from where it was, all logs in one frame', async () => {
    const { server, ada, rooms } = servers(3);
    const { ports } = await onlineDevice(server, ada);
    rooms[1]?.post(ada, 'x', 'text');
    await settled();
    server.cut();
    server.asked.length = 0;
    await ports.time.advance(5_000);
    expect(listens(server).slice(2)).toEqual([
      'listen room:room-r0 passive 1',
      'listen room:room-r1 passive 2',
      'listen room:room-r2 passive 1',
    ]);
    expect(ports.sockets.last.sent.filter(({ command }) => command === 'log.listen')).toHaveLength(1);
  });

  it('asks only for what changed when a room comes on screen', async () => {
    const { server, ada, rooms } = servers(3);
    const { confab } = await onlineDevice(server, ada);
    server.asked.length = 0;
    const [first] = rooms;
    if (first === undefined) throw new Error('no room');
    const close = confab.rooms.timeline(first.info.id).open();
    await settled();
    expect(listens(server)).toEqual(['listen room:room-r0 live 1']);
    close();
    await settled();
    expect(listens(server).at(-1)).toBe('listen room:room-r0 passive 1');
  });

  it('asks nothing when a room is left and entered in one turn', async () => {
    const { server, ada, rooms } = servers(1);
    const { confab } = await onlineDevice(server, ada);
    const timeline = confab.rooms.timeline(rooms[0]?.info.id ?? ('' as never));
    const close = timeline.open();
    await settled();
    server.asked.length = 0;
    close();
    timeline.open();
    await settled();
    expect(listens(server)).toEqual([]);
  });

  it('tries again when listening was refused for the moment', async () => {
    const { server, ada, rooms } = servers(1);
    const device = await onlineDevice(server, ada);
    const [connection] = server.connections;
    if (connection === undefined) throw new Error('not connected');
    connection.refuseListen = toWireError('too-many-requests');
    const timeline = device.confab.rooms.timeline(rooms[0]?.info.id ?? ('' as never));
    timeline.open();
    await settled();
    expect(connection.levels.get('room:room-r0')).toBe('passive');
    rooms[0]?.post(ada, 'x', 'meanwhile');
    await device.ports.time.advance(2_000);
    expect(connection.levels.get('room:room-r0')).toBe('live');
    expect(timeline.get().items).toHaveLength(2);
  });

  it('follows what is on screen when there are more logs than the server takes', async () => {
    const { server, ada, rooms } = servers(10);
    server.mostLogs = 5;
    const { confab } = await onlineDevice(server, ada);
    const levels = [...server.connections][0]?.levels;
    expect(levels?.size).toBe(5);
    const last = rooms[9];
    if (last === undefined) throw new Error('no room');
    const timeline = confab.rooms.timeline(last.info.id);
    timeline.open();
    await settled();
    expect(levels?.get(last.log.id)).toBe('live');
    expect(levels?.size).toBe(5);
    last.post(ada, 'x', 'text');
    await settled();
    expect(timeline.get().items).toHaveLength(2);
  });

  it('[L10] goes on with a log whose closing crossed a new question about it', async () => {
    const { server, ada, rooms } = servers(1);
    const { confab } = await onlineDevice(server, ada);
    const [room] = rooms;
    const [connection] = server.connections;
    if (room === undefined || connection === undefined) throw new Error('not connected');
    const close = confab.rooms.timeline(room.info.id).open();
    await settled();
    // She was taken out of the room and is back; the one is on its way to her while she asks for another level.
    connection.held = true;
    connection.levels.delete(room.log.id);
    connection.push({ event: 'log.closed', data: { log: room.log.id, reason: 'forbidden' } });
    close();
    await settled();
    connection.release();
    await settled();
    expect(connection.levels.get(room.log.id)).toBe('passive');
    room.post(ada, 'x', 'heard of');
    await settled();
    expect(confab.rooms.list.get()[0]?.position.seq).toBe(room.log.position.seq);
  });
});

/** A device's logs, on a server of which every answer is the test's. */
function byHand() {
  const log = 'room:r' as LogId;
  const applied: number[] = [];
  const readings: ((page: Result<'log.read'>) => void)[] = [];
  const answers: ((answers: ListenAnswer[]) => void)[] = [];
  const listening = new Listening(
    {
      apply: ({ seq }: LoggedEvent) => applied.push(seq),
      head: () => {},
      caughtUp: () => {},
      skipped: () => {},
      rewritten: () => {},
      closed: () => {},
      read: () => new Promise((resolve) => readings.push(resolve)),
      later: () => {},
    },
    { listen: (_, answered) => answers.push(answered), unlisten: () => {}, later: () => {} },
  );
  listening.welcomed({ limits: { frameBytes: 65_536, inFlight: 32, logs: 100 } } as never);
  const behind = (seq: number) => answers.shift()?.([{ log, status: 'behind', ...at(seq) }]);
  const page = (seqs: number[], seq: number) => readings.shift()?.({ ...at(seq), events: seqs.map(eventAt) });
  return { log, listening, applied, behind, page, readings };
}

const at = (seq: number): Position => ({ epoch: 1, seq, count: seq });

describe('a log that is not followed any more', () => {
  it.each(['unfollow', 'drop', 'clear'] as const)(
    '[L7] gives nothing of a page that arrives late to whoever follows it anew (%s)',
    async (how) => {
      const { log, listening, applied, behind, page, readings } = byHand();
      listening.follow(log, 'live', at(0));
      await settled();
      behind(2);
      expect(readings).toHaveLength(1);
      listening[how](log);
      listening.follow(log, 'live', at(0));
      await settled();
      behind(2);
      page([1, 2], 2);
      await settled();
      expect(applied).toEqual([]);
      page([1, 2], 2);
      await settled();
      expect(applied).toEqual([1, 2]);
    },
  );
});
