import type { ClientId, LoggedEvent, Params, RoomId, TimelinePage } from '@confab/protocol';
import { roomLog } from '@confab/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let room: RoomId;
let items: number[];
let head: number;

/** A room whose log has posts, edits, deletes and notices in every neighbourhood. */
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, general: room } = await test.found());
  for (let index = 0; index < 60; index += 1) {
    const clientId = `c${index}` as ClientId;
    const { id } = await test.do(owner, 'message.post', { room, clientId, text: `message ${index}` });
    if (index % 5 === 0) await test.do(owner, 'message.edit', { message: id, text: `edited ${index}` });
    if (index % 7 === 0) await test.do(owner, 'room.set-topic', { room, topic: `topic ${index}` });
    if (index % 9 === 0) await test.do(owner, 'message.delete', { message: id });
  }
  const events = await test.events(roomLog(room));
  const shown = (event: LoggedEvent) => event.event !== 'message.edited' && event.event !== 'message.deleted';
  items = events.filter(shown).map((event) => event.seq);
  head = events.length;
});
afterAll(() => test.close());

const list = (params: Omit<Params<'message.list'>, 'room'>) => test.do(owner, 'message.list', { room, ...params });
const seqsOf = (page: TimelinePage) =>
  [...page.messages, ...page.notices].map((item) => item.seq).sort((left, right) => left - right);

/** What must hold of every page, wherever it lies. */
function checkPage(page: TimelinePage, limit: number): void {
  const seqs = seqsOf(page);
  expect(seqs).toEqual(items.filter((seq) => seq >= page.fromSeq && seq <= page.toSeq));
  expect(seqs.length).toBeLessThanOrEqual(limit);
  expect(page.earlier).toBe(page.fromSeq > 1);
  expect(page.later).toBe(page.toSeq < head);
  expect(page.position.seq).toBe(head);
}

describe('a page of the timeline', () => {
  it('[L8] covers its stretch whole, from any place and of any size', async () => {
    const place = fc.constantFrom('latest', 'before', 'after', 'around');
    await fc.assert(
      fc.asyncProperty(place, fc.nat(head + 10), fc.integer({ min: 2, max: 100 }), async (where, seq, limit) => {
        const page = await list({ limit, ...(where === 'latest' ? {} : { [where]: seq }) });
        checkPage(page, limit);
        if (where === 'around' && seq >= 1 && seq <= head) {
          expect(page.fromSeq <= seq && page.toSeq >= seq).toBe(true);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('leads back to the beginning without a gap or a repetition', async () => {
    const seen: number[] = [];
    let page = await list({ limit: 7 });
    for (;;) {
      seen.unshift(...seqsOf(page));
      if (!page.earlier) break;
      page = await list({ limit: 7, before: page.fromSeq });
    }
    expect(seen).toEqual(items);
  });

  it('leads on to the head without a gap or a repetition', async () => {
    const seen: number[] = [];
    let page = await list({ limit: 7, after: 0 });
    for (;;) {
      seen.push(...seqsOf(page));
      if (!page.later) break;
      page = await list({ limit: 7, after: page.toSeq });
    }
    expect(seen).toEqual(items);
  });

  it('names everyone in it and shows deleted messages without text', async () => {
    const page = await list({ limit: 100, after: 0 });
    expect(page.people.map((person) => person.handle)).toEqual(['owner']);
    expect(page.messages.filter((message) => message.deletedAt !== null).every((message) => message.text === '')).toBe(
      true,
    );
  });

  it('is asked for in one way at a time', async () => {
    expect(await test.refusal(owner, 'message.list', { room, before: 5, after: 2 })).toBe('invalid-params');
  });
});
