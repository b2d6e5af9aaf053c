import type { MessageId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { times } from '../bounds.ts';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { FakeTime, settled } from '../testing/fake-time.ts';

async function twoDevices() {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  const room = server.addRoom('talk', ada).info.id;
  const time = new FakeTime();
  const { confab: phone } = await onlineDevice(server, ada, { time });
  const { confab: laptop } = await onlineDevice(server, ada, { time });
  const textOn = (device: typeof phone) => device.drafts.of(room, null).get()?.text;
  const write = (device: typeof phone, text: string) => device.drafts.save(room, null, text);
  const pass = async () => {
    await time.advance(times.draftEveryMs);
    await settled();
  };
  return { server, ada, room, time, phone, laptop, textOn, write, pass };
}

describe('drafts', () => {
  it('show at once where they are typed, and a moment later on other devices', async () => {
    const { phone, laptop, room, textOn, write, pass, server } = await twoDevices();
    write(phone, 'h');
    write(phone, 'hello');
    expect(textOn(phone)).toBe('hello');
    expect(phone.drafts.rooms.get()).toEqual(new Set([room]));
    await settled();
    expect(textOn(laptop)).toBeUndefined();
    await pass();
    expect(textOn(laptop)).toBe('hello');
    expect(laptop.drafts.rooms.get()).toEqual(new Set([room]));
    expect(server.asked.filter((command) => command === 'draft.save')).toHaveLength(1);
  });

  it('hold what they quote, on every device, until they were sent', async () => {
    const { phone, laptop, room, pass } = await twoDevices();
    const quoteOn = (device: typeof phone) => device.drafts.of(room, null).get()?.quote;
    const quote = 'a message' as MessageId;
    phone.drafts.save(room, null, '', { quote });
    phone.drafts.save(room, null, 'hello', { quote });
    await pass();
    expect([quoteOn(phone), quoteOn(laptop)]).toEqual([quote, quote]);
    laptop.drafts.save(room, null, 'hello');
    await pass();
    expect([quoteOn(phone), quoteOn(laptop)]).toEqual([undefined, undefined]);
  });

  it('are gone everywhere at once when they were sent', async () => {
    const { phone, laptop, textOn, write, pass } = await twoDevices();
    write(phone, 'hello');
    await pass();
    write(laptop, '');
    await settled();
    expect(textOn(phone)).toBe('');
    expect(phone.drafts.rooms.get().size).toBe(0);
  });

  it('of a device whose clock is behind are later than what it has seen', async () => {
    const { server, ada, room, phone, time, textOn, write, pass } = await twoDevices();
    const behind = new FakeTime();
    time.sleep(3_600_000);
    const { confab: slow } = await onlineDevice(server, ada, { time: behind });
    write(phone, 'one');
    await pass();
    expect(textOn(slow)).toBe('one');
    slow.drafts.save(room, null, 'two');
    await behind.advance(times.draftEveryMs);
    await settled();
    expect(textOn(phone)).toBe('two');
  });

  it('typed without a connection are told with the next one, unless something later was', async () => {
    const { server, room, phone, laptop, time, textOn, write, pass } = await twoDevices();
    server.reachable = false;
    server.cut();
    await settled();
    write(phone, 'on the way');
    await pass();
    server.reachable = true;
    await time.advance(60_000);
    await settled();
    expect(textOn(laptop)).toBe('on the way');
    phone.drafts.save(room, null, 'kept from before', { at: time.clock.now() - 3_600_000 });
    expect(textOn(phone)).toBe('on the way');
  });

  it('that were sent elsewhere while this device was away are gone when it is back', async () => {
    const { server, ada, room, phone, time, textOn, write, pass } = await twoDevices();
    write(phone, 'hello');
    await pass();
    server.cut();
    server.kept.drafts.set(`${ada} ${room} `, { room, text: '', at: time.clock.now() + 1 });
    await time.advance(60_000);
    await settled();
    expect(textOn(phone)).toBe('');
  });

  it('are those of whoever is signed in', async () => {
    const { phone, room, write, pass } = await twoDevices();
    write(phone, 'secret');
    await pass();
    await phone.account.signOut();
    await settled();
    expect(phone.drafts.of(room, null).get()).toBeUndefined();
    expect(phone.drafts.rooms.get().size).toBe(0);
  });
});
