import type { TimelineItem } from '@confab/client';
import type { Message, Receipt, UserId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { lastReadBy } from './last-read.ts';

const message = (seq: number, author: string): TimelineItem => ({
  kind: 'message',
  key: `${seq}`,
  message: { id: `m${seq}`, seq, author } as unknown as Message,
});
const items = [message(10, 'ada'), message(20, 'ada'), message(30, 'ben'), message(40, 'ada')];
const receipt = (user: string, readSeq: number): Receipt => ({
  ...{ user: user as UserId, deliveredSeq: readSeq, readSeq, joinedAt: 0 },
});
const shown = (receipts: Receipt[], later = false) => Object.fromEntries(lastReadBy(items, receipts, later));

describe('the faces of those who have read', () => {
  it('stand at the last message up to where each has read', () => {
    expect(shown([receipt('ben', 25), receipt('cem', 40), receipt('dan', 99), receipt('eva', 20)])).toEqual({
      m20: ['ben', 'eva'],
      m40: ['cem', 'dan'],
    });
  });

  it('do not stand at one’s own message, nor where reading ended on another page', () => {
    expect(shown([receipt('ben', 35)])).toEqual({});
    expect(shown([receipt('cem', 5), receipt('dan', 9)])).toEqual({});
    expect(shown([receipt('cem', 99)], true)).toEqual({});
  });
});
