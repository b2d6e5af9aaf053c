import type { MessageId, RoomId, UserId } from '@confab/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Device } from '../testing/device.ts';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

/**
 * What is unread, on two devices of one person: whatever is posted, read, marked unread, edited, deleted, joined and
 * left, and in whichever order the frames come, both end with what a recount of the logs gives.
 */

const names = ['one', 'two', 'three'] as const;

type Step =
  | { kind: 'post'; room: number; by: 'ada' | 'ben'; text: string; thread: boolean }
  | { kind: 'read' | 'mark-unread'; room: number; device: number; place: number }
  | { kind: 'edit' | 'delete'; room: number; place: number; text: string }
  | { kind: 'open' | 'close'; room: number; device: number }
  | { kind: 'membership'; room: number }
  /** Lets some of a device's frames arrive, all of them, or breaks its connection. */
  | { kind: 'hold' | 'deliver' | 'release' | 'cut'; device: number; frames: number };

const room = fc.nat(2);
const device = fc.nat(1);
const place = fc.nat(20);
const text = fc.constantFrom('hello', '@ada', '@room', '@ada and @here', 'bye');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('post' as const),
      room,
      by: fc.constantFrom('ada', 'ben'),
      text,
      thread: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('read', 'mark-unread'), room, device, place }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('edit', 'delete'), room, place, text }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('open', 'close'), room, device }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('membership' as const), room }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('hold', 'deliver', 'release', 'cut'),
      device,
      frames: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

const ada = 'ada' as UserId;
const ben = 'ben' as UserId;

class World {
  readonly server = new FakeServer();
  readonly devices: Device[] = [];
  readonly #closes = new Map<string, () => void>();
  #sends = 0;
  #joins = 0;

  async open(): Promise<void> {
    for (const name of [ada, ben]) this.server.addPerson(name);
    for (const name of names) this.server.addRoom(name, ada, ben);
    for (const _ of [0, 1]) this.devices.push(await onlineDevice(this.server, ada));
  }

  room(index: number) {
    const found = this.server.rooms.get(`room-${names[index]}` as RoomId);
    if (found === undefined) throw new Error('There is no such room.');
    return found;
  }

  async run(step: Step): Promise<void> {
    this.#do(step);
    await settled();
  }

  #do(step: Step): void {
    if (step.kind === 'post') this.#post(step);
    else if (step.kind === 'membership') this.#comeOrGo(step.room);
    else if ('frames' in step) this.#network(step);
    else if ('text' in step) this.#change(step);
    else if ('place' in step) this.#mark(step);
    else this.#look(step);
  }

  #post({ room, by, text, thread }: Step & { kind: 'post' }): void {
    const { info, log, members } = this.room(room);
    if (!members.has(by as UserId)) return;
    this.#sends += 1;
    const first = log.events.find((event) => event.event === 'message.posted');
    const inThread = thread && first?.event === 'message.posted' ? { thread: first.data.id } : {};
    if (by === 'ben') {
      const clientId = `send-${this.#sends}` as never;
      this.server.run(ben, 'message.post', { room: info.id, clientId, text, ...inThread });
    } else {
      this.#device(this.#sends % 2)
        .confab.rooms.timeline(info.id)
        .post(text, inThread);
    }
  }

  #mark({ kind, room, device, place }: Step & { kind: 'read' | 'mark-unread' }): void {
    const { info, log } = this.room(room);
    const { rooms } = this.#device(device).confab;
    const seq = 1 + (place % log.events.length);
    if (kind === 'read') rooms.markRead(info.id, place === 20 ? undefined : seq);
    else rooms.markUnread(info.id, seq).catch(() => {});
  }

  #change({ kind, room, place, text }: Step & { kind: 'edit' | 'delete' }): void {
    const messages = this.room(room).messages();
    const message = messages[place % Math.max(1, messages.length)];
    if (message === undefined || message.deletedAt !== null) return;
    const params = { message: message.id as MessageId, text };
    this.server.run(message.author, kind === 'edit' ? 'message.edit' : 'message.delete', params);
  }

  #look({ kind, room, device }: Step & { kind: 'open' | 'close' }): void {
    const key = `${room} ${device}`;
    if (kind === 'close') {
      this.#closes.get(key)?.();
      this.#closes.delete(key);
    } else if (!this.#closes.has(key)) {
      this.#closes.set(key, this.#device(device).confab.rooms.timeline(this.room(room).info.id).open());
    }
  }

  #comeOrGo(index: number): void {
    const room = this.room(index);
    const inbox = this.server.log(`inbox:${ada}`);
    if (room.members.delete(ada)) {
      room.log.append('room.member-left', ada, { user: ada, reason: 'left' });
      inbox?.append('inbox.room-removed', ada, { room: room.info.id, reason: 'left' });
      return;
    }
    const person = { id: ada, handle: ada, name: ada, disabled: false };
    room.log.append('room.member-joined', ada, { person, role: 'member' });
    const { seq, count } = room.log.position;
    this.#joins += 1;
    room.members.set(ada, { joinedAt: this.#joins, readSeq: seq, readCount: count });
    inbox?.append('inbox.room-added', ada, { room: room.view(ada) });
  }

  #network({ kind, device, frames }: Step & { kind: 'hold' | 'deliver' | 'release' | 'cut' }): void {
    const connection = [...this.server.connections][device];
    if (connection === undefined) return;
    if (kind === 'hold') connection.held = true;
    else if (kind === 'deliver') connection.deliver(frames);
    else if (kind === 'release') connection.release();
    else connection.socket.end(1006);
  }

  #device(index: number): Device {
    const device = this.devices[index];
    if (device === undefined) throw new Error('There is no such device.');
    return device;
  }

  /** Everything arrives, everybody is online, and what waits is told. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 4; turn += 1) {
      for (const connection of this.server.connections) connection.release();
      for (const { ports } of this.devices) await ports.time.advance(31_000);
      await settled();
    }
  }

  /** What a person who counts the log's posts by hand finds unread. */
  recount() {
    return names.map((_, index) => {
      const room = this.room(index);
      const member = room.members.get(ada);
      if (member === undefined) return null;
      const left = room.messages().filter(({ deletedAt }) => deletedAt === null);
      const isUnread = ({ seq }: (typeof left)[number]) => seq > member.readSeq;
      // No thread is read here: what mentions one there stays.
      const isMention = (message: (typeof left)[number]) =>
        message.author !== ada &&
        ((message.mentions?.includes(ada) === true && (message.thread !== undefined || isUnread(message))) ||
          (message.mentionsAll === 'room' && isUnread(message)));
      const posts = left.filter((message) => isUnread(message) && !message.thread);
      return { unread: posts.length, mentions: left.filter(isMention).length };
    });
  }

  shown(device: number) {
    return names.map((_, index) => {
      const state = this.#device(device).confab.rooms.room(this.room(index).info.id).get();
      return state === undefined ? null : { unread: state.unread, mentions: state.mentions };
    });
  }

  async end(): Promise<void> {
    for (const { confab } of this.devices) await confab.stop();
  }
}

/** Runs the property; `spoil` plants a fault in what a server tells. */
const check = (runs: number, spoil: (world: World) => void = () => {}) =>
  fc.check(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const world = new World();
      await world.open();
      spoil(world);
      for (const each of steps) await world.run(each);
      await world.settle();
      const found = { first: world.shown(0), second: world.shown(1) };
      await world.end();
      const counted = world.recount();
      expect(found).toEqual({ first: counted, second: counted });
    }),
    { numRuns: runs },
  );

describe('what is unread', () => {
  it('[L12] [L14] is the same on two devices as in a recount, whatever happens in whichever order', async () => {
    const result = await check(150);
    expect(result.failed ? fc.defaultReportMessage(result) : 'no counterexample').toBe('no counterexample');
  });

  it('and the check finds a device that does not hear which post a delete was of', async () => {
    const result = await check(150, ({ server }) => {
      for (const { log } of server.rooms.values()) {
        const append = log.append.bind(log);
        log.append = (name, by, data) =>
          append(name, by, name === 'message.deleted' ? ({ ...data, postedSeq: 0 } as typeof data) : data);
      }
    });
    expect(result.failed).toBe(true);
  });
});
