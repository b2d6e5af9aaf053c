import type { RoomId, SpaceId } from '@confab/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Confab } from '../api.ts';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

let phone: Confab;
let laptop: Confab;
let room: RoomId;
const space = 'space' as SpaceId;
beforeEach(async () => {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  room = server.addRoom('talk', ada).info.id;
  ({ confab: phone } = await onlineDevice(server, ada));
  ({ confab: laptop } = await onlineDevice(server, ada));
});

const names = (device: Confab) => device.sections.state.get().sections.map(({ name }) => name);
const placeOf = (device: Confab) => device.sections.state.get().places.get(room);

describe('one’s own list of rooms', () => {
  it('is the same on all devices', async () => {
    const work = await phone.sections.create(space, 'Work');
    const fun = await phone.sections.create(space, 'Fun');
    await laptop.sections.move(fun.id, work.id);
    await phone.sections.rename(work.id, 'Job');
    await laptop.sections.place(room, { section: fun.id });
    await phone.sections.place(room, { favourite: true });
    await settled();
    for (const device of [phone, laptop]) {
      expect(names(device)).toEqual(['Fun', 'Job']);
      expect(placeOf(device)).toEqual({ room, section: fun.id, favourite: true });
    }
    await phone.sections.remove(fun.id);
    await settled();
    expect(placeOf(laptop)).toEqual({ room, favourite: true });
  });

  it('shows at once what one changes, and takes back what is refused', async () => {
    const work = await phone.sections.create(space, 'Work');
    await settled();
    const folding = phone.sections.fold(work.id, true);
    expect(phone.sections.state.get().sections[0]?.collapsed).toBe(true);
    await folding;
    const placing = phone.sections.place('nowhere' as RoomId, { favourite: true });
    expect(phone.sections.state.get().places.size).toBe(1);
    await expect(placing).rejects.toThrow();
    expect(phone.sections.state.get().places.size).toBe(0);
  });
});
