import type { IncomingMessage } from 'node:http';
import { Refusal } from '@confab/protocol';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannerOf } from '../http/manner.ts';
import { encodeCursor } from '../session/index.ts';
import { eventsQuestion } from './events-question.ts';
import { defaultEventsLimits } from './limits.ts';
import { readCursor, withSince, writeRoomCursor } from './stream-cursor.ts';

const ask = (url: string, headers: Record<string, string> = {}) =>
  eventsQuestion({ url, headers } as unknown as IncomingMessage, defaultEventsLimits);

describe('[D1] Accept', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['text/html', 'json'],
    ['text/event-stream', 'sse'],
    ['TEXT/Event-Stream; q=0.9, */*', 'sse'],
    ['text/html, text/event-stream', 'sse'],
    ['application/x-ndjson', 'lines'],
    ['application/ndjson', 'lines'],
    ['application/json, text/event-stream', 'json'],
    ['constructor', 'json'],
  ])('%s is answered as %s', (accept, manner) => {
    expect(mannerOf(accept)).toBe(manner);
  });
});

describe('[D3] a cursor', () => {
  const log = 'room:01890000-0000-7000-8000-000000000001' as const;

  it.each([
    ['1-0', { kind: 'room', position: { epoch: 1, seq: 0 } }],
    ['12-345.zz', { kind: 'room', position: { epoch: 12, seq: 345 }, since: 1_295 }],
    ['9999999999999999-1', undefined],
    ['1-', undefined],
    ['-1-2', undefined],
    ['1-2-3', undefined],
    ['', undefined],
    ['A', undefined],
    ['A.', undefined],
    ['%00', undefined],
  ])('%s is %o', (text, read) => {
    expect(readCursor(text)).toEqual(read);
  });

  it('of many rooms is read again, with and without the time', () => {
    const positions = new Map([[log, { epoch: 3, seq: 70_000 }]]);
    const text = encodeCursor(positions);
    expect(readCursor(text)).toEqual({ kind: 'logs', positions });
    expect(readCursor(withSince(text, 1_700_000_000))).toEqual({ kind: 'logs', positions, since: 1_700_000_000 });
    expect(readCursor(writeRoomCursor({ epoch: 3, seq: 7 }))?.kind).toBe('room');
  });

  it('of 250 rooms fits into the header that an EventSource sends it in', () => {
    const positions = new Map(
      Array.from({ length: defaultEventsLimits.rooms + 1 }, (_, index) => [
        `room:01890000-0000-7000-8000-${String(index).padStart(12, '0')}` as const,
        { epoch: 1, seq: 1_000_000 },
      ]),
    );
    expect(encodeCursor(positions).length).toBeLessThan(defaultEventsLimits.cursorChars);
  });
});

describe('what is asked for', () => {
  it('may name a room twice', () => {
    expect(ask('/api/v1/events?room=a&room=a&room=b').rooms).toEqual(['a', 'b']);
  });

  it('names a bounded number of rooms', () => {
    const rooms = Array.from({ length: defaultEventsLimits.rooms + 1 }, (_, index) => `room=${index}`).join('&');
    expect(() => ask(`/api/v1/events?${rooms}`)).toThrow('invalid-params');
  });

  it('is read or refused, whatever it is', () => {
    const text = fc.oneof(
      fc.string(),
      fc.webQueryParameters(),
      fc.base64String().map((value) => `after=A${value}`),
    );
    void fc.assert(
      fc.property(text, fc.string(), (query, id) => {
        try {
          ask(`/api/v1/events?${query}`, { 'last-event-id': id });
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
