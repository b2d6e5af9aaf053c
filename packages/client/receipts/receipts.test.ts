import type { Receipt, UserId } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { describe, expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

const receipt = (user: UserId, deliveredSeq: number, readSeq: number): Receipt => ({
  ...{ user, deliveredSeq, readSeq, joinedAt: 0 },
});

async function setUp() {
  const server = new FakeServer();
  const [ada, ben, cem] = [server.addPerson('ada'), server.addPerson('ben'), server.addPerson('cem')];
  const room = server.addRoom('talk', ada, ben, cem);
  const { id } = room.info;
  server.receipts.set(id, [receipt(ben, 3, 2), receipt(cem, 1, 1)]);
  const device = await onlineDevice(server, ada);
  const { confab } = device;
  const shown = () =>
    [...(confab.receipts.of(id).get()?.values() ?? [])].map(
      (each) => `${each.user} ${each.deliveredSeq} ${each.readSeq}`,
    );
  const move = async (data: Receipt) => {
    for (const connection of server.connections)
      connection.push({ event: 'receipt.moved', log: room.log.id, at: 0, data });
    await settled();
  };
  const watch = async () => {
    const stop = confab.receipts.of(id).subscribe(() => {});
    confab.rooms.timeline(id).open();
    await settled();
    return stop;
  };
  return { server, ada, ben, cem, room, id, shown, move, watch, ...device };
}

describe('the receipts of a room', () => {
  it('[Q1] are listed when someone looks, follow what moves, and never go back', async () => {
    const { shown, move, watch, ben } = await setUp();
    expect(shown()).toEqual([]);
    await watch();
    expect(shown()).toEqual(['ben 3 2', 'cem 1 1']);
    await move(receipt(ben, 5, 4));
    await move(receipt(ben, 4, 3));
    expect(shown()).toEqual(['ben 5 4', 'cem 1 1']);
  });

  it('[Q2] hold that who posts has read everything before it', async () => {
    const { room, shown, watch, cem } = await setUp();
    await watch();
    const { seq } = room.post(cem, 'a', 'hello');
    await settled();
    expect(shown()).toEqual(['ben 3 2', `cem ${seq} ${seq}`]);
  });

  it('are listed anew after a connection was lost, and when people come or the room turns them off', async () => {
    const { server, room, id, shown, watch, ports, ben } = await setUp();
    await watch();
    server.receipts.set(id, [receipt(ben, 7, 7)]);
    server.cut();
    await ports.time.advance(10_000);
    expect(shown()).toEqual(['ben 7 7']);
    server.receipts.delete(id);
    room.log.append('room.receipts-set', ben, { receipts: 'off' });
    await settled();
    expect(shown()).toEqual([]);
  });

  it('[Q3] are gone as soon as one turns one’s own off, and back once the server knows that they are on', async () => {
    const { server, confab, shown, watch } = await setUp();
    await watch();
    const asked = () => server.asked.filter((name) => name === 'receipt.list').length;
    const off = confab.settings.set({ receipts: 'off' });
    expect(shown()).toEqual([]);
    await off;
    await settled();
    expect([shown(), asked()]).toEqual([[], 1]);
    const on = confab.settings.set({ receipts: 'on' });
    expect(asked()).toBe(1);
    await on;
    await settled();
    expect([shown(), asked()]).toEqual([['ben 3 2', 'cem 1 1'], 2]);

    server.refusals.push({ command: 'account.set-settings', error: toWireError('forbidden') });
    await confab.settings.set({ receipts: 'off' }).catch(() => undefined);
    await settled();
    expect(shown()).toEqual(['ben 3 2', 'cem 1 1']);
  });
});

describe('[Q2] what came to this device', () => {
  it('is told once in a while, for all rooms together', async () => {
    const { server, room, ben, ports, ada } = await setUp();
    const other = server.addRoom('other', ada, ben);
    server.log(`inbox:${ada}` as never)?.append('inbox.room-added', ben, { room: other.view(ada) });
    for (const name of ['a', 'b']) room.post(ben, name, name);
    other.post(ben, 'c', 'c');
    await settled();
    expect(server.delivered).toEqual([]);
    await ports.time.advance(2_000);
    expect(server.delivered.sort()).toEqual([`ada ${other.info.id} 2`, `ada ${room.info.id} 3`]);
    expect(server.asked.filter((name) => name === 'receipt.mark-delivered')).toHaveLength(1);
    await ports.time.advance(10_000);
    expect(server.delivered).toHaveLength(2);
  });

  it('is not told of what was read, of large rooms, nor by those who turned it off', async () => {
    const { server, room, id, ben, ports, confab } = await setUp();
    room.post(ben, 'a', 'a');
    await settled();
    confab.rooms.markRead(id);
    await ports.time.advance(5_000);
    expect(server.delivered).toEqual([]);
    for (let index = 0; index < limits.receiptMembers; index += 1) {
      const person = { id: `p${index}` as UserId, handle: 'p', name: 'p', disabled: false };
      room.log.append('room.member-joined', ben, { person, role: 'member' });
    }
    room.post(ben, 'b', 'b');
    await ports.time.advance(5_000);
    expect(server.delivered).toEqual([]);
  });

  it('is told when one comes and finds it', async () => {
    const { server, room, ben, ports } = await setUp();
    server.cut();
    server.reachable = false;
    await ports.time.advance(1_000);
    room.post(ben, 'a', 'a');
    server.reachable = true;
    await ports.time.advance(60_000);
    expect(server.delivered).toEqual([`ada ${room.info.id} 2`]);
  });
});
