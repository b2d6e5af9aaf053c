import type { LoggedEvent, MessageId, TimelinePage, UserId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { FakeRoom } from '../testing/fake-room.ts';
import { LoadedRange } from './loaded-range.ts';

const ben = 'ben' as UserId;
const viewer = { me: () => null, sendOf: () => undefined };

function roomWith(posts: number): FakeRoom {
  const room = new FakeRoom({ id: 'r', createdBy: ben } as FakeRoom['info']);
  for (let count = 0; count < posts; count += 1) room.post(ben, `c${count}`, `text ${count}`);
  return room;
}

const pageOf = (room: FakeRoom, where: object): TimelinePage => room.page({ room: room.info.id, limit: 10, ...where });

const seqs = (range: LoadedRange) =>
  range.items().map((item) => (item.kind === 'message' ? item.message.seq : item.notice.seq));

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a loaded range', () => {
  it('grows at both ends and stays without a hole', () => {
    const room = roomWith(40);
    const range = new LoadedRange(pageOf(room, { around: 20 }), viewer);
    range.prepend(pageOf(room, { before: range.from }));
    range.append(pageOf(room, { after: range.to }));
    expect(seqs(range)).toEqual(numbers(range.from, range.to));
    expect(range).toMatchObject({ size: 30, earlier: true, later: true });
  });

  it('covers what is in it, but its first only when nothing lies before', () => {
    const room = roomWith(30);
    const range = new LoadedRange(pageOf(room, { around: 15 }), viewer);
    const { from, to } = range;
    expect([from - 1, from, from + 1, to, to + 1].map((seq) => range.covers(seq))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
    const start = new LoadedRange(room.page({ room: room.info.id, limit: 40 }), viewer);
    expect(start.covers(start.from)).toBe(true);
  });

  it('lets go of one end when it is too long, and knows that there is more', () => {
    const room = roomWith(29);
    const range = new LoadedRange(room.page({ room: room.info.id, limit: 30 }), viewer);
    expect(range).toMatchObject({ earlier: false, later: false });
    range.trim(20, 'earlier');
    expect(range).toMatchObject({ from: 11, earlier: true, later: false, size: 20 });
    range.trim(10, 'later');
    expect(range).toMatchObject({ from: 11, to: 20, later: true, size: 10 });
    expect(seqs(range)).toEqual(numbers(11, 20));
    // What was let go of is not changed, and nothing is added behind a gap.
    const edited = room.log.append('message.edited', ben, { id: 'r-2' as MessageId, text: 'new' });
    expect(range.apply(edited)).toBe(false);
    room.post(ben, 'x', 'more');
    expect(range.apply(room.log.events.at(-1) as LoggedEvent)).toBe(false);
    range.append(pageOf(room, { after: range.to }));
    expect(seqs(range)).toEqual(numbers(11, 30));
  });

  it('keeps a newer text than an event that the page knew already', () => {
    const room = roomWith(3);
    const id = room.messages()[0]?.id as MessageId;
    room.edit(ben, id, 'first');
    room.edit(ben, id, 'second');
    const range = new LoadedRange(pageOf(room, {}), viewer);
    const [before] = range.items().slice(1);
    expect(range.apply(room.log.events[4] as LoggedEvent)).toBe(false);
    expect(range.items()[1]).toBe(before);
    expect(before).toMatchObject({ message: { text: 'second' } });
    room.edit(ben, id, 'third');
    expect(range.apply(room.log.events[6] as LoggedEvent)).toBe(true);
    expect(range.items()[1]).toMatchObject({ message: { text: 'third' } });
  });

  it('[L12] counts posts after a seq, but not deleted ones', () => {
    const room = roomWith(5);
    room.remove(ben, room.messages()[4]?.id as MessageId);
    expect(new LoadedRange(pageOf(room, {}), viewer).postsAfter(3)).toBe(2);
  });

  it('has keys by client id for one’s own messages only', () => {
    const room = roomWith(1);
    const range = new LoadedRange(pageOf(room, {}), viewer);
    expect(range.items()[1]?.key).toBe('r-2');
    const own = new LoadedRange(pageOf(room, {}), { ...viewer, me: () => ben });
    expect(own.items()[1]?.key).toBe('c0');
  });
});
