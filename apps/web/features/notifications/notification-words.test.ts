import type { MessageId, RoomId } from '@confab/protocol';
import { expect, it } from 'vitest';
import { notificationWords, roomOfTag } from './notification-words.ts';

const room = '00000000-0000-7000-8000-000000000001' as RoomId;
const message = '00000000-0000-7000-8000-000000000002' as MessageId;
const about = { room, message, seq: 7 };

it('says who wrote, where, and what; pressing leads to the message', () => {
  const words = notificationWords({ kind: 'message', ...about, author: 'Ada', place: '#general', text: 'hello' });
  expect(words).toMatchObject({
    title: 'Ada in #general',
    body: 'hello',
    data: { path: `/rooms/${room}/messages/${message}`, seq: 7 },
  });
  expect(roomOfTag(words.tag)).toBe(room);
});

it('names nobody’s place where there are two', () => {
  expect(notificationWords({ kind: 'message', ...about, author: 'Ada', place: '', text: 'hello' }).title).toBe('Ada');
});

it('says nothing of a hidden one', () => {
  const { title, body } = notificationWords({ kind: 'hidden', ...about });
  expect(`${title} ${body}`).toBe('Confab You have a new message.');
});

it('says what one is reminded of, and is not taken back when the room is read', () => {
  const words = notificationWords({ kind: 'reminder', ...about, text: 'buy glue' });
  expect(words).toMatchObject({ title: 'Reminder', body: 'buy glue' });
  expect(roomOfTag(words.tag)).toBeNull();
  expect(notificationWords({ kind: 'reminder', ...about, text: '' }).body).not.toBe('');
});

it('is about no room when it is a test', () => {
  expect(roomOfTag(notificationWords({ kind: 'test' }).tag)).toBeNull();
});
