import type { TimelineItem } from '@confab/client';
import type { ClientId, MessageId, RoomId, UserId } from '@confab/protocol';
import { expect, test } from 'vitest';
import { type Row, rowIndexOfSeq, settledRows, timelineRows } from './timeline-rows.ts';

const ada = 'ada' as UserId;
const ben = 'ben' as UserId;
const noon = new Date(2026, 4, 4, 12).getTime();
const minute = 60_000;

function message(seq: number, author: UserId, postedAt: number): TimelineItem {
  return {
    kind: 'message',
    key: `m${seq}`,
    message: {
      id: `id${seq}` as MessageId,
      room: 'room' as RoomId,
      seq,
      author,
      clientId: `c${seq}` as ClientId,
      text: 'hello',
      postedAt,
      editedAt: null,
      deletedAt: null,
    },
  };
}

function notice(seq: number, at: number): TimelineItem {
  return { kind: 'notice', key: `n${seq}`, notice: { seq, at, by: ada, event: 'room.topic-set', data: {} } };
}

const pending: TimelineItem = {
  kind: 'pending',
  key: 'p',
  clientId: 'p',
  text: 'hi',
  queuedAt: noon + minute,
  send: { status: 'queued' },
};

function rows(items: TimelineItem[], rest: { earlier?: boolean; readUpTo?: number | null } = {}): Row[] {
  return timelineRows({ items, earlier: rest.earlier ?? true, readUpTo: rest.readUpTo ?? null }, ada);
}

const firsts = (list: Row[]) => list.map((row) => row.kind === 'message' && row.first);

test('messages of one author within five minutes stand in one group', () => {
  expect(
    firsts(rows([message(1, ben, noon), message(2, ben, noon + 5 * minute), message(3, ben, noon + 11 * minute)])),
  ).toEqual([true, false, true]);
});

test('another author, a notice or a new day begins a group', () => {
  expect(firsts(rows([message(1, ben, noon), message(2, ada, noon)]))).toEqual([true, true]);
  expect(firsts(rows([message(1, ben, noon), notice(2, noon), message(3, ben, noon)]))).toEqual([true, false, true]);
  const midnight = new Date(2026, 4, 5).getTime();
  const [, after] = rows([message(1, ben, midnight - minute), message(2, ben, midnight + minute)]);
  expect(after).toMatchObject({ first: true, day: midnight });
});

test('beneath what replies are to, only another day than that is said', () => {
  const items = [message(2, ben, noon)];
  const dayBelow = (at: number) => {
    const root = { message: { postedAt: at } };
    return timelineRows({ items, earlier: false, readUpTo: null, root }, ada)[1];
  };
  expect(dayBelow(noon - minute)).toMatchObject({ first: true, day: null });
  expect(dayBelow(noon - 24 * 60 * minute)).toMatchObject({ day: new Date(2026, 4, 4).getTime() });
});

test('what is pending goes on with one’s own group', () => {
  expect(firsts(rows([message(1, ada, noon), pending]))).toEqual([true, false]);
});

test('the welcome stands above the very first message, and only there', () => {
  expect(rows([message(1, ben, noon)], { earlier: false }).map((row) => row.kind)).toEqual(['welcome', 'message']);
  expect(rows([message(1, ben, noon)]).map((row) => row.kind)).toEqual(['message']);
});

test('the first loaded message shows its day only when nothing lies before it', () => {
  expect(rows([message(5, ben, noon)])[0]).toMatchObject({ day: null });
  expect(rows([message(1, ben, noon)], { earlier: false })[1]).toMatchObject({ day: new Date(2026, 4, 4).getTime() });
});

test('the unread line stands above the first message of someone else after the read position', () => {
  const list = rows([message(1, ben, noon), message(2, ada, noon), message(3, ben, noon), message(4, ben, noon)], {
    readUpTo: 1,
  });
  expect(list.map((row) => row.kind === 'message' && row.unread)).toEqual([false, false, true, false]);
});

test('the unread line begins a group', () => {
  expect(firsts(rows([message(1, ben, noon), message(2, ben, noon)], { readUpTo: 1 }))).toEqual([true, true]);
});

test('a position without a row of its own is found at the next one', () => {
  const list = rows([message(3, ben, noon), message(7, ben, noon), pending]);
  expect(rowIndexOfSeq(list, 3, true)).toBe(0);
  expect(rowIndexOfSeq(list, 5, true)).toBe(1);
  expect(rowIndexOfSeq(list, 8, true)).toBe(-1);
});

test('a position before what is loaded is not taken for the first row', () => {
  const list = rows([message(30, ben, noon), message(31, ben, noon)]);
  expect(rowIndexOfSeq(list, 30, true)).toBe(0);
  expect(rowIndexOfSeq(list, 12, true)).toBe(-1);
  expect(rowIndexOfSeq(list, 12, false)).toBe(0);
});

function added(seq: number, at: number): TimelineItem {
  const data = { person: { id: `person${seq}` } };
  return { kind: 'notice', key: `n${seq}`, notice: { seq, at, by: ada, event: 'room.member-joined', data } };
}

test('notices that say the same share a row, which keeps its key when more of them load above', () => {
  const later = rows([added(5, noon), added(6, noon), message(7, ben, noon)]);
  const all = rows([added(4, noon), added(5, noon), added(6, noon), message(7, ben, noon)]);
  expect(later.map((row) => row.key)).toEqual(['n6', 'm7']);
  expect(all.map((row) => row.key)).toEqual(['n6', 'm7']);
});

test('what shows while more may load above looks the same once it has', () => {
  const items = [message(1, ben, noon), message(2, ben, noon), added(3, noon), added(4, noon), added(5, noon)];
  const all = [...items, message(6, ben, noon), message(7, ben, noon)];
  const whole = settledRows(rows(all, { earlier: false }), false);
  expect(whole).toHaveLength(6);
  for (let from = 1; from < all.length - 1; from += 1) {
    const shown = settledRows(rows(all.slice(from)), true);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).toEqual(whole.slice(-shown.length));
  }
  expect(settledRows(rows([message(7, ben, noon)]), true)).toHaveLength(1);
});

test('notices of two days, or with a message between them, stand in rows of their own', () => {
  const midnight = new Date(2026, 4, 5).getTime();
  expect(rows([added(1, midnight - minute), added(2, midnight)])).toHaveLength(2);
  expect(rows([added(1, noon), message(2, ben, noon), added(3, noon)])).toHaveLength(3);
});

test('each position of a shared row is found in it', () => {
  const list = rows([added(5, noon), added(6, noon), message(7, ben, noon)]);
  expect([4, 5, 6, 7].map((seq) => rowIndexOfSeq(list, seq, true))).toEqual([-1, 0, 0, 1]);
});

test('the beginning of a direct is no line, and begins no day', () => {
  const created = (kind: string): TimelineItem => ({
    kind: 'notice',
    key: 'n1',
    notice: { seq: 1, at: noon, by: ada, event: 'room.created', data: { room: { kind } } },
  });
  const kindsOf = (kind: string) =>
    timelineRows({ items: [created(kind)], earlier: false, readUpTo: null }, ada).map((row) => row.kind);
  expect([kindsOf('direct'), kindsOf('group')]).toEqual([['welcome'], ['welcome', 'notice']]);
});
