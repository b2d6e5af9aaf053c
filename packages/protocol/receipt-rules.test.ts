import { describe, expect, it } from 'vitest';
import type { UserId } from './ids.ts';
import { progressOf, recipientsOf } from './receipt-rules.ts';
import type { Receipt } from './receipts.ts';

const [ada, ben] = ['ada', 'ben'] as UserId[] as [UserId, UserId];
const message = { seq: 10, author: ada, postedAt: 1_000 };
const receipt = (user: string, deliveredSeq: number, readSeq: number, joinedAt = 0): Receipt => ({
  ...{ user: user as UserId, deliveredSeq, readSeq, joinedAt },
});
const many = (count: number, deliveredSeq: number, readSeq: number) =>
  Array.from({ length: count }, (_, index) => receipt(`p${index}`, deliveredSeq, readSeq));

describe('how far a message has come', () => {
  it('is for those who were there, and not for its author', () => {
    const receipts = [receipt(ada, 10, 10), receipt(ben, 0, 0), receipt('late', 12, 12, 2_000)];
    expect(recipientsOf(message, receipts).map(({ user }) => user)).toEqual([ben]);
    expect(progressOf(message, [receipt(ada, 10, 10), receipt('late', 12, 12, 2_000)])).toBe('sent');
  });

  it('is what all of few have in common', () => {
    expect(progressOf(message, [receipt(ben, 9, 9)])).toBe('sent');
    expect(progressOf(message, [receipt(ben, 10, 9)])).toBe('delivered');
    expect(progressOf(message, [receipt(ben, 10, 10), receipt('c', 10, 9)])).toBe('delivered');
    expect(progressOf(message, [receipt(ben, 10, 10), receipt('c', 9, 9)])).toBe('sent');
    expect(progressOf(message, [receipt(ben, 10, 10), receipt('c', 11, 11)])).toBe('read');
  });

  it('is what anyone of many has reached', () => {
    expect(progressOf(message, many(20, 9, 9))).toBe('sent');
    expect(progressOf(message, [...many(20, 9, 9), receipt(ben, 10, 0)])).toBe('delivered');
    expect(progressOf(message, [...many(20, 9, 9), receipt(ben, 10, 10)])).toBe('read');
  });
});
