import type { MessageId } from '@confab/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Confab } from './api.ts';
import { onlineDevice } from './testing/device.ts';
import type { FakeRoom } from './testing/fake-room.ts';
import { FakeServer } from './testing/fake-server.ts';
import { settled } from './testing/fake-time.ts';

let server: FakeServer;
let phone: Confab;
let laptop: Confab;
let room: FakeRoom;
let message: MessageId;
beforeEach(async () => {
  server = new FakeServer();
  const ada = server.addPerson('ada');
  room = server.addRoom('talk', ada);
  message = room.post(ada, 'first', 'hello', {}).id;
  ({ confab: phone } = await onlineDevice(server, ada));
  ({ confab: laptop } = await onlineDevice(server, ada));
});

describe('scheduled messages', () => {
  it('stand on all devices in the order of their times, until they are posted or cancelled', async () => {
    const later = await phone.scheduled.create(room.info.id, null, 'later', 2_000);
    const sooner = await phone.scheduled.create(room.info.id, null, 'sooner', 1_000);
    await settled();
    const waiting = () => laptop.scheduled.list.get().map(({ text, dueAt }) => `${text} ${dueAt}`);
    expect(waiting()).toEqual(['sooner 1000', 'later 2000']);
    await laptop.scheduled.update(sooner.id, { dueAt: 3_000, text: 'last' });
    await settled();
    expect(waiting()).toEqual(['later 2000', 'last 3000']);
    await laptop.scheduled.sendNow(sooner.id);
    await phone.scheduled.cancel(later.id);
    await settled();
    expect(waiting()).toEqual([]);
    expect(room.messages().map(({ text }) => text)).toEqual(['hello', 'last']);
  });
});

describe('exports', () => {
  it('are told on all devices that looked at them, and fetched at their own address', async () => {
    expect(laptop.exports.list.get()).toBeUndefined();
    await laptop.exports.refresh();
    const { id } = await phone.exports.account();
    await settled();
    expect(phone.exports.list.get()).toBeUndefined();
    expect(laptop.exports.list.get()).toMatchObject([{ export: { id, state: 'running' }, parts: 0 }]);
    expect(laptop.exports.fileOf(id)).toBe(`/api/v1/exports/${id}/file`);
    await phone.exports.remove(id);
    await settled();
    expect(laptop.exports.list.get()).toEqual([]);
  });
});

describe('reminders', () => {
  it('stand on all devices, one for each message, until one is done with them', async () => {
    await phone.reminders.set(message, 1_000);
    await laptop.reminders.set(message, 2_000);
    await settled();
    expect(phone.reminders.list.get()).toEqual([{ message, room: room.info.id, dueAt: 2_000, toldAt: null }]);
    await phone.reminders.remove(message);
    await settled();
    expect(laptop.reminders.list.get()).toEqual([]);
  });
});

describe('bookmarks', () => {
  it('are asked for when one first looks, and then follow what is told', async () => {
    server.kept.bookmarks.set(`ada ${message}`, { message, room: room.info.id, at: 0, note: '' });
    expect(server.asked).not.toContain('bookmark.list');
    const kept = phone.bookmarks.isKept(message);
    expect(kept.get()).toBe(undefined);
    await settled();
    expect(kept.get()).toBe(true);
    await laptop.bookmarks.remove(message);
    await settled();
    expect(kept.get()).toBe(false);
    expect(server.asked.filter((command) => command === 'bookmark.list')).toHaveLength(1);
  });

  it('that change while they are asked for are not lost', async () => {
    const kept = phone.bookmarks.isKept(message);
    const adding = phone.bookmarks.add(message);
    await settled();
    await adding;
    expect(kept.get()).toBe(true);
    expect((await phone.bookmarks.list()).bookmarks.map((each) => each.message.id)).toEqual([message]);
  });
});
