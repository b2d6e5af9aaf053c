import type { AuditEntry, Mute, RoomInfo, SpaceId, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { describe, expect, it } from 'vitest';
import type { Confab } from '../api.ts';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer, space } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';
import { exportAudit } from './audit-export.ts';
import { muteIn } from './moderation.ts';

async function setUp() {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  const room = server.addRoom('talk', ada);
  const inbox = server.log(inboxLog(ada));
  if (!inbox) throw new Error('There is no inbox.');
  const device = await onlineDevice(server, ada);
  return { server, ada, room, inbox, ...device };
}

const note = { kind: 'warned', space, spaceName: 'Space', reason: 'Calm down.' } as const;

describe('what of moderation concerns oneself', () => {
  it('follows what is told, and notes go when they were seen', async () => {
    const { confab, inbox } = await setUp();
    inbox.append('inbox.moderation-noted', null, note);
    inbox.append('inbox.reports-changed', null, { space, open: 2 });
    await settled();
    const { notes, reports } = confab.moderation.own.get();
    expect(notes).toMatchObject([note]);
    expect(reports).toEqual([{ space, open: 2 }]);
    await confab.moderation.acknowledge(notes[0]?.seq ?? 0);
    await settled();
    expect(confab.moderation.own.get().notes).toEqual([]);
  });

  it('is there again on a further device', async () => {
    const { server, ada, inbox } = await setUp();
    inbox.append('inbox.moderation-noted', null, note);
    const { confab } = await onlineDevice(server, ada);
    expect(confab.moderation.own.get().notes).toMatchObject([note]);
  });

  it('[M4] shows a room with the rules that it has now', async () => {
    const { confab, room, ada } = await setUp();
    const slow = () => confab.rooms.room(room.info.id).get()?.info.slowModeMs;
    room.log.append('room.rules-set', ada, { slowModeMs: 5_000, whoPosts: 'all' });
    await settled();
    expect(slow()).toBe(5_000);
    room.log.append('room.rules-set', ada, { slowModeMs: 0, whoPosts: 'all' });
    await settled();
    expect(slow()).toBeUndefined();
  });

  it('[M1] says which mute lasts longest in a room, of those that hold', () => {
    const info = { id: 'talk', space } as RoomInfo;
    const mute = (reason: string, until: number | null, where: Partial<Mute> = {}): Mute => ({
      ...{ space, room: null, user: 'ada' as UserId, reason, until, at: 1 },
      ...where,
    });
    const elsewhere = mute('other space', null, { space: 'space-2' as SpaceId });
    const mutes = [mute('over', 10), mute('short', 50), mute('here', 90, { room: info.id }), elsewhere];
    const own = { mutes, notes: [], reports: [] };
    expect(muteIn(own, info, 20)?.reason).toBe('here');
    expect(muteIn(own, info, 100)).toBeUndefined();
  });
});

describe('an export of the record', () => {
  const ada = 'u1' as UserId;
  const entry = (n: number, reason: string): AuditEntry => ({ n, at: n, by: ada, action: 'person-warned', reason });
  const pages = [
    { entries: [entry(3, '=1+1'), entry(2, 'say "no", please')], more: true },
    { entries: [entry(1, 'plain')], more: false },
  ];
  const people = [{ id: ada, handle: 'ada', name: 'Ada', disabled: false }];
  const confab = () => {
    const left = [...pages];
    return { call: async () => ({ ...left.shift(), people, days: 30 }) } as unknown as Confab;
  };

  it('[M6] has every page, and no cell that a spreadsheet would run', async () => {
    const text = await exportAudit(confab(), { space }, 'csv');
    expect(
      text
        .split('\r\n')
        .slice(1, 4)
        .map((line) => line.split(',').slice(1).join(',')),
    ).toEqual([
      "ada,person-warned,,,,'=1+1,,",
      'ada,person-warned,,,,"say ""no"", please",,',
      'ada,person-warned,,,,plain,,',
    ]);
  });

  it('[M6] is the same as JSON', async () => {
    const rows = JSON.parse(await exportAudit(confab(), { space }, 'json')) as { by: string; reason: string }[];
    expect(rows.map(({ by, reason }) => [by, reason])).toEqual([
      ['ada', '=1+1'],
      ['ada', 'say "no", please'],
      ['ada', 'plain'],
    ]);
  });
});
