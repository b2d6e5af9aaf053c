import { ConfabError, failureSentences } from '@confab/client';
import { type ErrorCode, type ErrorDetails, errorSentences, toWireError } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sayRefusal, speak } from '../language/language.ts';
import { refusalSentence, refusalSentences } from '../language/refusal-sentence.ts';
import { failureCode, failureSentence } from './failure-sentence.ts';

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: {} });
  vi.stubGlobal('navigator', { languages: [] });
});
afterEach(async () => {
  await speak('en');
  vi.unstubAllGlobals();
});

const refused = (code: ErrorCode, details?: ErrorDetails) => new ConfabError(toWireError(code, details));

describe('what went wrong', () => {
  test('is said by the server in English', () => {
    const error = refused('limit-reached', { limit: 5, what: 'reminders' });
    expect(failureSentence(error)).toBe('There may be at most 5 reminders.');
    expect(failureCode(error)).toBe('limit-reached');
  });

  test('is said in the language of the page, with what it counts', async () => {
    await speak('de');
    const said = failureSentence(refused('limit-reached', { limit: 5, what: 'reminders' }));
    expect(said).toContain('5');
    expect(said).toContain('Erinnerungen');
    expect(failureSentence(refused('not-in-this-room', { kind: 'direct message' }))).toContain('Direktnachricht');
    expect(failureSentence(new ConfabError('offline'))).not.toBe(failureSentences.offline);
    expect(failureSentence(new Error('x is not a function'))).not.toContain('page');
  });

  test('says bounds of files as people say them, not in bytes', async () => {
    const full = refused('quota-reached', { whose: 'one person', limit: 2_500_000_000 });
    expect(failureSentence(full)).toContain('one person may have 2.5 GB of files');
    await speak('de');
    expect(failureSentence(full)).toContain('2,5\u00a0GB');
  });

  test('is said by the server where this page does not know it or lacks what to fill in', async () => {
    await speak('de');
    const newer = { code: 'too-heavy' as ErrorCode, message: 'That is too heavy.', retry: 'never' } as const;
    expect(sayRefusal(newer)).toBe('That is too heavy.');
    const bound = toWireError('limit-reached', { limit: 5, what: 'words and signs in a document' });
    expect(sayRefusal(bound)).toBe('There may be at most 5 words and signs in a document.');
    const bare = toWireError('handle-taken');
    expect(sayRefusal(bare)).toBe(bare.message);
  });
});

test('every refusal of the closed list is among the sentences of the catalogues', () => {
  const said: string[] = [];
  const details = { limit: 1, what: 'spaces', kind: 'group', whose: 'one person', size: 2, retryAfterMs: 1 };
  const others = [
    'command',
    'path',
    'problem',
    'length',
    'handle',
    'name',
    'peer',
    'reason',
    'seconds',
    'words',
    'type',
    'signature',
  ];
  const all = { ...details, ...Object.fromEntries(others.map((name) => [name, 'x'])) };
  for (const code of Object.keys(errorSentences) as ErrorCode[]) {
    const say = (english: string) => {
      said.push(english);
      return english;
    };
    refusalSentence({ ...toWireError(code, all), details: all }, say, 'de');
  }
  expect(said.filter((english) => !refusalSentences.includes(english))).toEqual([]);
  // Two of them fill in a word of a closed list, which is said too.
  expect(said.length).toBe(Object.keys(errorSentences).length + 2);
});
