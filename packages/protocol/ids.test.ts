import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdFactory, inboxLog, type LogId, parseLogId, type RoomId, roomLog, spaceLog } from './ids.ts';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function factory(times: () => number, byte = 0xff) {
  return createIdFactory({ now: times, randomBytes: (count) => new Uint8Array(count).fill(byte) });
}

test('an id is a UUID of version 7 that begins with its milliseconds', () => {
  const id = factory(() => 0x0190_1234_5678)();
  expect(id).toMatch(uuidV7);
  expect(id.startsWith('01901234-5678-7000-')).toBe(true);
});

test.each([0, 1, 0xffff_ffff, 0x1_0000_0000, 0xffff_ffff_ffff])('the time %i keeps all of its 48 bits', (ms) => {
  const id = factory(() => ms)();
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(ms);
});

test('ids are in order and distinct, however the clock steps', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 50 }), { minLength: 2, maxLength: 60 }), (times) => {
      let index = 0;
      const next = factory(() => times[index++] ?? 0, 0);
      const ids = times.map(() => next());
      expect(ids).toEqual([...new Set(ids)].sort());
      for (const id of ids) expect(id).toMatch(uuidV7);
    }),
  );
});

test('more than 4,096 ids of one millisecond stay in order by borrowing from the next', () => {
  const next = factory(() => 1_000, 0);
  const ids = Array.from({ length: 10_000 }, () => next());
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('the name of a log is its kind and an id, and splits into them again', () => {
  const id = factory(() => 1)() as RoomId;
  expect(parseLogId(roomLog(id))).toEqual({ kind: 'room', id });
  expect([roomLog, spaceLog, inboxLog].map((log) => (log as (id: string) => LogId)(id))).toEqual([
    `room:${id}`,
    `space:${id}`,
    `inbox:${id}`,
  ]);
});
