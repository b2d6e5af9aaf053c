import type { ClientId, MessageId, Result, RoomId, SpaceId } from '@confab/protocol';
import { parseSearch } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { hasCode, hasLink } from './indexed-words.ts';
import { matchMessage } from './match-message.ts';
import { corpus, queries } from './testing/corpus.ts';
import { wantedOf } from './wanted.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let general: RoomId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());

async function post(who: TestPerson, room: RoomId, text: string, more: { thread?: MessageId } = {}) {
  sends += 1;
  test.nowMs += 1_000;
  return (await test.do(who, 'message.post', { room, clientId: `send-${sends}` as ClientId, text, ...more })).id;
}
const search = (who: TestPerson, text: string, more: { room?: RoomId; limit?: number; before?: MessageId } = {}) =>
  test.do(who, 'search.messages', { text, ...more });
const textsOf = ({ found }: Result<'search.messages'>) => found.map(({ message }) => message.text);
/** Does the jobs of one kind until there are none; how many there were. */
async function work(kind: 'search-index' | 'search-fresh'): Promise<number> {
  for (let done = 0; ; done += 1) {
    const [job] = (await test.chat.jobs.due([kind])).due;
    if (!job) return done;
    expect(await test.chat.jobs.finish(job)).toBe(true);
  }
}
async function indexFresh(): Promise<void> {
  await work('search-fresh');
  await test.database.write('testing.due', { kind: 'search-fresh', data: 'null' });
  await work('search-fresh');
}
const room = async (who: TestPerson, name: string, visibility: 'public' | 'private' = 'public') =>
  (await test.do(who, 'room.create', { space, name, visibility })).room.info.id;

let world: RoomId;

/** The queries that do not find in `world` what going through all of it finds. */
async function compared(): Promise<string[]> {
  const missed: string[] = [];
  let hits = 0;
  for (const query of queries) {
    const { terms, has } = parseSearch(query, { now: test.nowMs, utcOffsetMinutes: 0 });
    const wanted = wantedOf(terms);
    if (wanted.phrases.length === 0 && has.length === 0) {
      if ((await test.refusal(owner, 'search.messages', { text: query })) !== 'search-empty') missed.push(query);
      continue;
    }
    const expected = corpus.filter(
      (text) =>
        matchMessage(text, wanted) !== null && has.every((each) => (each === 'link' ? hasLink(text) : hasCode(text))),
    );
    hits += expected.length;
    const found = textsOf(await search(owner, query, { room: world, limit: 50 }));
    if (found.join('\n') !== expected.toReversed().join('\n')) missed.push(query);
  }
  expect(hits).toBeGreaterThan(200);
  return missed;
}

describe('what is found', () => {
  const ids: MessageId[] = [];
  beforeAll(async () => {
    world = await room(owner, 'world');
    // Some of it in the index, some not yet.
    for (const [index, text] of corpus.entries()) {
      ids.push(await post(owner, world, text));
      if (index % 20 === 19) await indexFresh();
    }
  });

  it(`[Y2] in a dozen languages is what going through all messages finds, for ${queries.length} queries`, async () => {
    expect(await compared()).toEqual([]);
  });

  it.each([
    ['schiff', 4],
    ['dampfschiff', 4],
    ['STRASSE', 5],
    ['munchen', 7],
    ['oeuvre', 9],
    ['istanbul', 16],
    ['ısparta', 17],
    ['京タ', 18],
    ['テスト', 19],
    ['大学', 20],
    ['회의', 22],
    ['كتاب', 24],
    ['ประชุม', 27],
    ['berg@example', 32],
    ['parseinvoice', 33],
    ['🎂', 36],
    ['efficiency', 38],
    ['full width', 39],
    ['"not to be"', 43],
  ])('%s finds its message', async (query, index) => {
    const { found } = await search(owner, query, { room: world, limit: 50 });
    expect(found.map(({ message }) => message.id)).toContain(ids[index]);
  });

  it('short words are found whole, their middle is not, and quotes want whole words', async () => {
    expect(textsOf(await search(owner, 'plo', { room: world }))).toEqual([]);
    expect(textsOf(await search(owner, '"deploy"', { room: world }))).toEqual([]);
    expect(textsOf(await search(owner, '"to be or not"', { room: world }))).toEqual([corpus[43]]);
    expect(textsOf(await search(owner, '"be to"', { room: world }))).toEqual([]);
  });

  it('is marked where it stands in the text as it was typed', async () => {
    const marked = async (query: string) => {
      const { found } = await search(owner, query, { room: world });
      return found.map(({ message, marks }) => marks.map(([from, to]) => message.text.slice(from, to)));
    };
    expect(await marked('strasse')).toEqual([['Straße']]);
    expect(await marked('dampf gesell')).toEqual([['dampf', 'gesell']]);
    expect(await marked('東京')).toEqual([['東京']]);
    expect(await marked('efficien')).toEqual([['eﬃcien']]);
    expect(await marked('"happy birthday" 🎂')).toEqual([['happy birthday', '🎂']]);
  });

  it('is paged, each message once', async () => {
    const seen: string[] = [];
    let before: MessageId | undefined;
    do {
      const page = await search(owner, 'the', { room: world, limit: 2, ...(before ? { before } : {}) });
      seen.push(...textsOf(page));
      before = page.next;
    } while (before);
    expect(seen).toEqual(textsOf(await search(owner, 'the', { room: world, limit: 50 })));
    expect(seen.length).toBeGreaterThan(4);
  });

  it('[Y4] is ranked: whole words before parts, near each other before far apart', async () => {
    const best = async (text: string) =>
      textsOf(await test.do(owner, 'search.messages', { text, room: world, order: 'best' }));
    expect((await best('deployment'))[0]).toBe(corpus[0]);
    expect((await best('new office'))[0]).toMatch(/new office/);
  });
});

describe('filters', () => {
  it('by author, room, time, link, code, thread and pin', async () => {
    const filtered = await room(owner, 'filtered');
    await test.do(mia, 'room.join', { room: filtered });
    const first = await post(owner, filtered, 'apples and pears');
    const reply = await post(mia, filtered, 'apples in a thread', { thread: first });
    test.nowMs += 2 * 86_400_000;
    const later = await post(mia, filtered, 'apples at https://apples.example');
    await test.do(owner, 'message.pin', { message: first });
    const idsOf = async (text: string) => (await search(mia, text)).found.map(({ message }) => message.id);
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    expect(await idsOf('apples from:@mia in:#filtered')).toEqual([later, reply]);
    expect(await idsOf('from:me in:filtered')).toEqual([later, reply]);
    expect(await idsOf('from:owner in:filtered apples')).toEqual([first]);
    expect(await idsOf('has:link in:Filtered')).toEqual([later]);
    expect(await idsOf('is:thread in:filtered')).toEqual([reply]);
    expect(await idsOf('is:pinned apples')).toEqual([first]);
    expect(await idsOf('is:pinned bananas')).toEqual([]);
    expect(await idsOf(`apples on:${day(test.nowMs)} in:filtered`)).toEqual([later]);
    expect(await idsOf(`apples before:${day(test.nowMs)} in:filtered`)).toEqual([reply, first]);
    expect(await idsOf(`in:filtered after:${day(test.nowMs - 86_400_000)}`)).toEqual([later]);
    expect(await idsOf('on:today -nothing')).toContain(later);
    expect((await search(mia, 'is:pinned')).found[0]?.message).toMatchObject({ id: first, pinned: { by: owner.user } });
  });

  it('that name nobody and nothing find nothing and say so', async () => {
    const answer = await search(mia, 'apples from:nobody in:nowhere has:wings before:2026-02-31');
    expect(answer).toMatchObject({
      found: [],
      unknown: ['has:wings', 'before:2026-02-31', 'from:nobody', 'in:nowhere'],
    });
  });

  it('are not all: nothing at all, or only what is not wanted, is refused', async () => {
    for (const text of ['', '  ', '...', '-apples']) {
      expect(await test.refusal(mia, 'search.messages', { text })).toBe('search-empty');
    }
  });
});

describe('[Y3] only what one may see', () => {
  const found = async (who: TestPerson, text: string) => textsOf(await search(who, text)).length;

  it('is found, from the moment on at which one may', async () => {
    const secret = await room(owner, 'secret', 'private');
    await post(owner, secret, 'the zebra is hidden');
    expect([await found(owner, 'zebra'), await found(mia, 'zebra')]).toEqual([1, 0]);
    expect(await found(mia, 'is:pinned zebra')).toBe(0);
    expect((await search(mia, 'in:secret zebra')).unknown).toEqual(['in:secret']);
    expect(await test.refusal(mia, 'search.messages', { text: 'zebra', room: secret })).toBe('not-found');
    await test.do(owner, 'room.invite', { room: secret, user: mia.user });
    expect(await found(mia, 'zebra')).toBe(1);
    await test.do(owner, 'room.remove-member', { room: secret, user: mia.user });
    expect(await found(mia, 'zebra')).toBe(0);
  });

  it('by guests is what is in their rooms, by strangers nothing', async () => {
    const guest = await test.addPerson('guest', { space, role: 'guest' });
    const stranger = await test.addPerson('stranger');
    await post(owner, general, 'a giraffe for everyone');
    expect(await found(mia, 'giraffe')).toBe(1);
    expect(await found(guest, 'giraffe')).toBe(0);
    expect(await found(stranger, 'giraffe')).toBe(0);
    expect((await search(stranger, 'from:owner')).unknown).toEqual(['from:owner']);
  });

  it('is as it is now: edited, deleted, blocked', async () => {
    const id = await post(mia, general, 'an okapi stands here');
    await test.do(mia, 'message.edit', { message: id, text: 'a tapir stands here' });
    expect([await found(owner, 'okapi'), await found(owner, 'tapir')]).toEqual([0, 1]);
    await test.do(owner, 'block.add', { user: mia.user });
    expect([await found(owner, 'tapir'), await found(mia, 'tapir')]).toEqual([0, 1]);
    await test.do(owner, 'block.remove', { user: mia.user });
    await test.do(mia, 'message.delete', { message: id });
    expect(await found(mia, 'tapir')).toBe(0);
    expect(String(await test.database.read('testing.everything', null))).not.toContain('tapir');
  });
});

it('a message is found, changed and gone, whether it is in the index yet or not', async () => {
  const fresh = await room(owner, 'fresh');
  const found = async (text: string) => textsOf(await search(owner, text, { room: fresh }));
  const indexed = await post(owner, fresh, 'lemur one');
  const edited = await post(owner, fresh, 'lemur two');
  await indexFresh();
  const waiting = await post(owner, fresh, 'lemur three');
  const changed = await post(owner, fresh, 'lemur four');
  expect(await found('lemur')).toEqual(['lemur four', 'lemur three', 'lemur two', 'lemur one']);
  await test.do(owner, 'message.delete', { message: indexed });
  await test.do(owner, 'message.edit', { message: edited, text: 'lemur 2' });
  await test.do(owner, 'message.delete', { message: waiting });
  await test.do(owner, 'message.edit', { message: changed, text: 'lemur 4' });
  for (let times = 0; times < 2; times += 1) {
    expect(await found('lemur')).toEqual(['lemur 4', 'lemur 2']);
    expect(await found('emur')).toEqual(['lemur 4', 'lemur 2']);
    expect([...(await found('two')), ...(await found('three')), ...(await found('four'))]).toEqual([]);
    await indexFresh();
  }
  const isDue = async () => (await test.chat.jobs.due(['search-fresh'])).due.length > 0;
  let posts = 0;
  while (posts < 5_000 && !(await isDue())) {
    posts += 1;
    await post(owner, fresh, `many ${posts}`);
  }
  expect(await isDue()).toBe(true);
  expect(await found(`many ${posts}`)).toEqual([`many ${posts}`]);
});

it('messages from before there was an index are put into it, a slice at a time, each once', async () => {
  const old = await room(owner, 'old');
  for (let index = 0; index < 450; index += 1) await post(owner, old, `walrus number ${index}`);
  await test.database.write('testing.forget-index', null);
  expect((await search(owner, 'walrus', { limit: 50 })).found).toEqual([]);
  const last = await post(owner, old, 'walrus of today');
  expect(await work('search-index')).toBeGreaterThan(2);
  let count = 0;
  let before: MessageId | undefined;
  do {
    const page = await search(owner, 'walrus', { limit: 50, ...(before ? { before } : {}) });
    if (count === 0) expect(page.found[0]?.message.id).toBe(last);
    count += page.found.length;
    before = page.next;
  } while (before);
  expect(count).toBe(451);
});

describe('behind so many newer messages that the index is asked', () => {
  beforeAll(async () => {
    // They make common what was rare, and say some of it in other words.
    const elsewhere = await room(owner, 'elsewhere');
    const said = corpus.filter((_, index) => index % 3 === 0);
    for (let count = 0; count < 1_050; count += 1) {
      const text = count % 2 === 0 ? `the deployment to ${count}` : `${said[count % said.length]}`;
      await post(owner, elsewhere, text);
    }
    await indexFresh();
  });

  it('the same is found', async () => {
    expect(await compared()).toEqual([]);
  });
});
