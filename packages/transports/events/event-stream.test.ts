import { inboxLog } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DoorBed } from '../http/testing/door-bed.ts';
import { decodeCursor } from '../session/index.ts';
import { ada, bob, ownOrigin, roomId } from '../testing/test-world.ts';
import { until } from '../testing/until.ts';
import { createEventsDoor } from './index.ts';

const sse = { accept: 'text/event-stream' };
const lines = { accept: 'application/x-ndjson' };
const path = '/api/v1/events';

let bed: DoorBed;
let token: string;
beforeEach(async () => {
  bed = await DoorBed.open((parts, { timers, time }) => createEventsDoor(parts, { timers, clock: time.clock }));
  token = bed.signIn(ada);
  bed.addRoom(1, ada, bob);
  bed.addRoom(2, ada);
});
afterEach(() => bed.close());

async function listening(query = '', headers: Record<string, string> = sse) {
  const client = bed.listen(`${path}${query}`, token, headers);
  await until(
    () => client.text.includes('id: ') || client.text.includes('cursor') || client.ended,
    () => client.text,
  );
  await bed.time.settle();
  return client;
}

describe('[D1] an event stream', () => {
  it('tells the events of all rooms and of the inbox as they happen, for a bare EventSource', async () => {
    const client = await listening();
    bed.post(1, 'one');
    bed.post(2, 'two');
    bed.addRoom(3);
    bed.addTo(3, ada);
    await until(() => client.frames.length === 3);
    await bed.time.settle();
    bed.post(3, 'three');
    await until(() => client.frames.length === 4);
    expect(client.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(client.frames.map(({ event }) => event)).toEqual([
      'message.posted',
      'message.posted',
      'inbox.room-added',
      'message.posted',
    ]);
    // Without a name of their own the events go to `onmessage`.
    expect(client.text).not.toContain('event: ');
    expect(client.blocks.filter(({ data }) => data).every(({ data }) => JSON.parse(data ?? ''))).toBe(true);
  });

  it('[F4] tells each event byte for byte as it is stored', async () => {
    const client = await listening();
    bed.post(1, 'one');
    await until(() => client.frames.length === 1);
    expect(client.text).toContain(`data: ${bed.domain.logs.get(`room:${roomId(1)}`)?.events[0]?.json}\n`);
  });

  it.each([
    ['an id', `?room=${roomId(2)}`],
    ['a name', '?room=ROOM-2'],
    ['a name within a space', '?room=home/room-2'],
  ])('tells only the room that is named by %s', async (_, query) => {
    const client = await listening(query);
    bed.post(1, 'one');
    bed.addRoom(3);
    bed.addTo(3, ada);
    bed.post(2, 'two');
    await until(() => client.frames.length > 0);
    expect(client.texts).toEqual(['two']);
  });

  it('tells several named rooms, and no others', async () => {
    bed.addRoom(3, ada);
    const client = await listening(`?room=room-1&room=${roomId(3)}`);
    bed.post(2, 'two');
    bed.post(3, 'three');
    bed.post(1, 'one');
    await until(() => client.frames.length > 1);
    expect(client.texts).toEqual(['three', 'one']);
    expect([...(decodeCursor(client.lastId)?.keys() ?? [])]).toEqual([`room:${roomId(1)}`, `room:${roomId(3)}`]);
  });

  it('as lines tells the same, each write followed by its cursor', async () => {
    const client = await listening('', lines);
    bed.post(1, 'one');
    bed.post(1, 'two');
    await until(
      () => client.frames.length === 4,
      () => client.text,
    );
    expect(client.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(client.frames.map((frame) => frame.event ?? Object.keys(frame)[0])).toEqual([
      'cursor',
      'message.posted',
      'message.posted',
      'cursor',
    ]);
    const { cursor } = client.frames[3] as { cursor: string };
    expect(decodeCursor(cursor)?.get(`room:${roomId(1)}`)).toEqual({ epoch: 1, seq: 2 });
  });

  it('tells when it may no longer tell of a room, and then nothing of it', async () => {
    const client = await listening();
    bed.removeFrom(1, ada);
    bed.post(1, 'secret');
    bed.post(2, 'the end');
    await until(() => client.texts.includes('the end'));
    expect(client.text).not.toContain('secret');
    expect(client.frames).toContainEqual({
      event: 'log.closed',
      data: { log: `room:${roomId(1)}`, reason: 'forbidden' },
    });
    expect([...(decodeCursor(client.lastId)?.keys() ?? [])].sort()).toEqual([inboxLog(ada), `room:${roomId(2)}`]);
  });
});

describe('[D3] the cursor of an event stream', () => {
  it('is there before any event, with the wait before coming back', async () => {
    const client = await listening();
    expect(client.blocks[0]?.retry).toMatch(/^\d+$/);
    client.cut();
    bed.post(1, 'missed');
    const again = await listening('', { ...sse, 'last-event-id': client.lastId });
    await until(() => again.frames.length > 0);
    expect(again.texts).toEqual(['missed']);
  });

  it.each([
    ['the header Last-Event-ID', (id: string) => ['', { 'last-event-id': id }]],
    ['the query lastEventId', (id: string) => [`?lastEventId=${id}`, {}]],
    ['the query after', (id: string) => [`?after=${id}`, {}]],
    ['the header over the query', (id: string) => ['?after=A', { 'last-event-id': id }]],
  ] as [string, (id: string) => [string, Record<string, string>]][])('is taken from %s', async (_, at) => {
    const client = await listening();
    bed.post(1, 'heard');
    await until(() => client.texts.length === 1);
    client.cut();
    for (let count = 0; count < 3; count += 1) bed.post(2, `missed ${count}`);
    const [query, headers] = at(client.lastId);
    const again = await listening(query, { ...sse, ...headers });
    await until(() => again.texts.length === 3);
    expect(again.texts).toEqual(['missed 0', 'missed 1', 'missed 2']);
  });

  it('of one room is the position of each event, the same bytes for everyone', async () => {
    const [one, other] = [await listening('?room=room-1'), await listening('?room=room-1')];
    expect(one.lastId).toBe('1-0');
    bed.post(1, 'a');
    bed.post(1, 'b');
    await until(() => one.texts.length === 2 && other.texts.length === 2);
    expect(one.blocks.filter(({ data }) => data).map(({ id }) => id)).toEqual(['1-1', '1-2']);
    expect(one.text.slice(one.text.indexOf('data'))).toBe(other.text.slice(other.text.indexOf('data')));
    const again = await listening('?room=room-1', { ...sse, 'last-event-id': '1-1' });
    await until(() => again.texts.length === 1);
    expect(again.texts).toEqual(['b']);
  });

  it.each([0, 1, 2, 3, 4, 5])(
    'cut after any event, and even within a write, misses nothing and repeats nothing (%i)',
    async (at) => {
      const whole = await listening();
      for (let count = 0; count < 6; count += 1) bed.post(1 + (count % 2), `text ${count}`);
      await until(() => whole.texts.length === 6);
      const blocks = whole.blocks.filter(({ data }) => data);
      const again = await listening('', { ...sse, 'last-event-id': blocks[at]?.id ?? '' });
      bed.post(1, 'the end');
      await until(() => again.texts.includes('the end'));
      expect([...whole.texts.slice(0, at + 1), ...again.texts].toSorted()).toEqual(
        [...Array.from({ length: 6 }, (_, count) => `text ${count}`), 'the end'].toSorted(),
      );
    },
  );

  it('knows of a room that its person was just added to, before that room is heard of', async () => {
    bed.addRoom(3);
    const client = await listening();
    bed.addTo(3, ada);
    await until(() => client.frames.length === 1);
    client.cut();
    bed.post(3, 'missed');
    const again = await listening('', { ...sse, 'last-event-id': client.lastId });
    await until(() => again.frames.length > 0);
    expect(again.texts).toEqual(['missed']);
  });

  it('finds what was posted to a room that its person was added to in between, from the moment of that', async () => {
    bed.addRoom(3);
    bed.post(3, 'before');
    const client = await listening();
    client.cut();
    bed.addTo(3, ada);
    bed.post(3, 'missed');
    const again = await listening('', { ...sse, 'last-event-id': client.lastId });
    await until(() => again.texts.length > 0);
    expect(again.frames.map(({ event }) => event)).toEqual(['inbox.room-added', 'message.posted']);
    expect(again.texts).toEqual(['missed']);
  });

  it('tells of rooms that are no longer there for its person', async () => {
    const client = await listening();
    client.cut();
    bed.removeFrom(1, ada);
    const again = await listening('', { ...sse, 'last-event-id': client.lastId });
    await until(() => again.frames.length === 2);
    expect(again.frames).toContainEqual({
      event: 'log.closed',
      data: { log: `room:${roomId(1)}`, reason: 'forbidden' },
    });
  });

  it('[L4] says when the history of a room is another one, and goes on from its head', async () => {
    bed.post(1, 'old');
    const client = await listening('?room=room-1');
    client.cut();
    bed.domain.rewrite(`room:${roomId(1)}`);
    const again = await listening('?room=room-1', { ...sse, 'last-event-id': client.lastId });
    await until(() => again.frames.length === 1);
    expect(again.frames[0]).toEqual({ event: 'log.closed', data: { log: `room:${roomId(1)}`, reason: 'epoch' } });
    expect(again.lastId).toBe('');
    await bed.time.settle();
    bed.post(1, 'new');
    await until(() => again.texts.length === 1);
    expect(again.lastId).toBe('2-1');
  });

  it.each([
    ['nonsense', '?after=!!'],
    ['one cut short', '?after=AQIBof0Q'],
    ['one room’s for all rooms', '?after=1-2'],
    ['one room’s for two', '?after=1-2&room=room-1&room=room-2'],
    ['one over its bound', `?after=A${'A'.repeat(9_000)}`],
    ['an empty room', '?room='],
    ['a room’s name over its bound', `?room=${'x'.repeat(300)}`],
  ])('that is %s is refused', async (_, query) => {
    const response = await bed.fetch(`${path}${query}`, token, { headers: sse });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid-params' } });
  });

  it('[L6] pages through a long absence, in order', async () => {
    for (let count = 0; count < 1_300; count += 1) bed.post(1, `text ${count}`);
    const client = await listening('?room=room-1', { ...sse, 'last-event-id': '1-0' });
    await until(
      () => client.texts.length === 1_300,
      () => `${client.texts.length}`,
    );
    expect(client.texts).toEqual(Array.from({ length: 1_300 }, (_, count) => `text ${count}`));
  });
});

describe('[D4] coming in and going out', () => {
  it.each([
    ['nobody', null],
    ['whoever has a wrong token', 'a-token-that-is-not-known'],
  ])('%s gets 401, after which an EventSource does not come back', async (_, credentials) => {
    const response = await bed.fetch(path, credentials, { headers: sse });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'unauthenticated' } });
  });

  it('[X3] a room that is not there and one of others are one answer', async () => {
    bed.addRoom(9, bob);
    for (const room of ['nowhere', roomId(9), roomId(8), 'room-9']) {
      const response = await bed.fetch(`${path}?room=${room}`, token, { headers: sse });
      expect(response.status).toBe(404);
    }
  });

  it('who comes back to rooms none of which are theirs any more is told to stay away', async () => {
    const client = await listening('?room=room-1');
    client.cut();
    bed.removeFrom(1, ada);
    const again = await listening('?room=room-1', { ...sse, 'last-event-id': client.lastId });
    expect(again.status).toBe(204);
  });

  it('[H8] a revoked session ends with its reason, and then gets 401', async () => {
    const client = await listening();
    bed.bus.publish({ kind: 'revocation', revocation: bed.domain.endSessionsOf(ada) });
    bed.post(1, 'secret');
    await until(() => client.ended);
    expect(client.frames).toEqual([
      { event: 'connection.closing', data: { reason: 'session-revoked', reconnect: null } },
    ]);
    expect((await bed.fetch(path, token, { headers: sse })).status).toBe(401);
  });

  it('[H6] going down it says why and when to come back, and then that it is not the time yet', async () => {
    const client = await listening();
    const drained = bed.engine.drain();
    await until(() => client.ended);
    await bed.time.advance(1_000);
    await drained;
    const told = client.frames.at(-1) as { data: { reason: string; reconnect: { minMs: number; maxMs: number } } };
    expect(told.data.reason).toBe('draining');
    const retryMs = Number(client.blocks.findLast(({ retry }) => retry)?.retry);
    expect(retryMs).toBeGreaterThanOrEqual(told.data.reconnect.minMs);
    expect(retryMs).toBeLessThanOrEqual(told.data.reconnect.maxMs);
    // An error's status would make an EventSource give up.
    const early = await bed.fetch(path, token, { headers: sse });
    expect(early.status).toBe(200);
    expect(await early.text()).toMatch(/^retry: \d+\n\ndata: .*"draining".*\n\n$/);
    expect((await bed.fetch(path, token, { headers: lines })).status).toBe(503);
  });

  it('[H5] a stream that is taken lives on, with a sign of life in each silence', async () => {
    const client = await listening();
    for (let count = 0; count < 6; count += 1) {
      await bed.time.advance(20_000);
      await until(() => client.blocks.filter(({ comment }) => comment !== undefined).length > count);
    }
    bed.post(1, 'still here');
    await until(() => client.texts.length === 1);
  });

  it('a client that leaves is gone for the engine too', async () => {
    const client = await listening();
    expect(bed.engine.stats().connections).toBe(1);
    client.cut();
    await until(() => bed.engine.stats().connections === 0);
  });

  it.each([
    ['a foreign page', { origin: 'http://evil.example' }, 403],
    ['a foreign page that sends a cookie and no origin', { cookie: 'x=y', 'sec-fetch-site': 'cross-site' }, 403],
    ['a sister page that sends a cookie and no origin', { cookie: 'x=y', 'sec-fetch-site': 'same-site' }, 403],
    ['the own page, which names no origin', { cookie: 'x=y', 'sec-fetch-site': 'same-origin' }, 200],
    ['the own page of an old browser', { cookie: 'x=y' }, 200],
    ['the own page that names its origin', { origin: ownOrigin, cookie: 'x=y' }, 200],
    ['a program', {}, 200],
  ])('%s: %o gets %i', async (_, headers, status) => {
    const client = bed.listen(path, token, { ...sse, ...(headers as Record<string, string>) });
    await until(() => client.status !== undefined);
    expect(client.status).toBe(status);
  });

  it.each([
    ['POST', path],
    ['DELETE', path],
    ['GET', `${path}/more`],
  ])('there is no %s %s', async (method, address) => {
    const response = await bed.fetch(address, token, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'unknown-command' } });
  });
});

describe('[S1] a client that does not read', () => {
  it('becomes lagging, holds up nobody, and is given what it missed when it reads again', async () => {
    const slow = await listening('?room=room-1');
    const quick = await listening('?room=room-1');
    slow.pause();
    const text = 'x'.repeat(20_000);
    let posted = 0;
    for (; bed.engine.stats().lagging === 0 && posted < 2_000; posted += 1) {
      bed.post(1, `${posted} ${text}`);
      await bed.time.settle();
    }
    for (let count = 0; count < 20; count += 1) bed.post(1, `${posted++} ${text}`);
    await until(
      () => quick.texts.length === posted,
      () => `${quick.texts.length} of ${posted}`,
    );
    expect(bed.engine.stats().lagging).toBe(1);
    expect(bed.engine.stats().maxBytesQueued).toBeLessThan(1024 * 1024);
    slow.resume();
    await until(
      () => slow.texts.length === posted,
      () => `${slow.texts.length} of ${posted}`,
    );
    expect(slow.texts).toEqual(quick.texts);
  });
});
