import type { MessageId, PushPayload, RoomId } from '@confab/protocol';
import { expect, it } from 'vitest';
import { workerSentences } from '../../language/worker-sentences.ts';
import { sayIn } from '../../service-worker/say-in.ts';
import { notificationWords, roomOfTag } from './notification-words.ts';

const room = '00000000-0000-7000-8000-000000000001' as RoomId;
const message = '00000000-0000-7000-8000-000000000002' as MessageId;
const about = { language: 'en', room, message, seq: 7 } as const;
const posted = { kind: 'message', ...about, author: 'Ada', place: '#general', text: 'hello' } as const;
const sentences = workerSentences();
const wordsOf = (payload: PushPayload) => notificationWords(payload, sayIn(payload.language, sentences));

it('says who wrote, where, and what; pressing leads to the message', () => {
  const words = wordsOf(posted);
  expect(words).toMatchObject({
    title: 'Ada in #general',
    body: 'hello',
    data: { path: `/rooms/${room}/messages/${message}`, seq: 7 },
  });
  expect(roomOfTag(words.tag)).toBe(room);
});

it('shows the author’s picture, where they have one', () => {
  const picture = 'a'.repeat(43);
  expect(wordsOf({ ...posted, picture }).icon).toBe(`/api/v1/pictures/${picture}`);
  expect(wordsOf(posted)).not.toHaveProperty('icon');
});

it('names nobody’s place where there are two', () => {
  expect(wordsOf({ ...posted, place: '' }).title).toBe('Ada');
});

it('says nothing of a hidden one', () => {
  const { title, body } = wordsOf({ kind: 'hidden', ...about });
  expect(`${title} ${body}`).toBe('Confab You have a new message.');
});

it('says what one is reminded of, and is not taken back when the room is read', () => {
  const words = wordsOf({ kind: 'reminder', ...about, text: 'buy glue' });
  expect(words).toMatchObject({ title: 'Reminder', body: 'buy glue' });
  expect(roomOfTag(words.tag)).toBeNull();
  expect(wordsOf({ kind: 'reminder', ...about, text: '' }).body).not.toBe('');
});

it('is about no room when it is a test', () => {
  expect(roomOfTag(wordsOf({ kind: 'test', language: 'en' }).tag)).toBeNull();
});

it('speaks its reader’s language, and right to left keeps what people wrote apart', () => {
  expect(wordsOf({ ...posted, language: 'de' })).toMatchObject({ title: 'Ada in #general', lang: 'de', dir: 'ltr' });
  expect(wordsOf({ kind: 'hidden', ...about, language: 'ja' }).body).toBe('新しいメッセージがあります。');
  expect(wordsOf({ ...posted, language: 'ar' })).toMatchObject({
    title: '\u2068Ada\u2069 في \u2068#general\u2069',
    body: '\u2068hello\u2069',
    dir: 'rtl',
  });
});

it.each(Object.entries(sentences))('has all that it says in %s in the worker too', (_, known) => {
  const said: string[] = [];
  const payloads: PushPayload[] = [
    posted,
    { kind: 'test', language: 'en' },
    { kind: 'hidden', ...about },
    { kind: 'reminder', ...about, text: '' },
  ];
  for (const payload of payloads) {
    notificationWords(payload, (english: string) => {
      said.push(english);
      return '';
    });
  }
  expect(Object.keys(known).sort()).toEqual(said.sort());
});
