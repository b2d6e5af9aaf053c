import type { RoomId, UserId } from '@confab/protocol';
import { expect, test } from 'vitest';
import { type DraftStorage, Drafts } from './drafts.ts';

function storageOf(entries: Map<string, string>, full = false): DraftStorage {
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    removeItem: (key) => void entries.delete(key),
    setItem: (key, value) => {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      entries.set(key, value);
    },
  };
}

const ada = 'ada' as UserId;
const ben = 'ben' as UserId;
const room = (name: string) => name as RoomId;

test('a draft is kept for its person and its room', () => {
  const drafts = new Drafts(storageOf(new Map()), () => 1);
  drafts.write(ada, room('tea'), 'hello');
  expect(drafts.read(ada, room('tea'))).toBe('hello');
  expect(drafts.read(ada, room('coffee'))).toBe('');
  expect(drafts.read(ben, room('tea'))).toBe('');
});

test('an emptied draft is forgotten', () => {
  const entries = new Map<string, string>();
  const drafts = new Drafts(storageOf(entries), () => 1);
  drafts.write(ada, room('tea'), 'hello');
  drafts.write(ada, room('tea'), '');
  expect(entries.size).toBe(0);
});

test('at most a hundred are kept, and the oldest goes first', () => {
  const entries = new Map<string, string>([['something else', 'x']]);
  let now = 0;
  const drafts = new Drafts(storageOf(entries), () => ++now);
  for (let index = 0; index < 101; index += 1) drafts.write(ada, room(`room${index}`), 'hello');
  expect(entries.size).toBe(101);
  expect(drafts.read(ada, room('room0'))).toBe('');
  expect(drafts.read(ada, room('room1'))).toBe('hello');
});

test('a full storage and what others wrote there do no harm', () => {
  new Drafts(storageOf(new Map(), true), () => 1).write(ada, room('tea'), 'hello');
  const drafts = new Drafts(storageOf(new Map([['confab:draft:ada:tea', '{broken']])), () => 1);
  expect(drafts.read(ada, room('tea'))).toBe('');
});
