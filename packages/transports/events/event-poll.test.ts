import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DoorBed } from '../http/testing/door-bed.ts';
import { ada, bob, roomId } from '../testing/test-world.ts';
import { until } from '../testing/until.ts';
import { createEventsDoor } from './index.ts';

const path = '/api/v1/events';

interface Polled {
  readonly events: { readonly event: string; readonly seq: number; readonly data: { readonly text: string } }[];
  readonly cursor: string;
  readonly more: boolean;
  readonly pollAfterMs: number;
}

let bed: DoorBed;
let token: string;
let load: number;
beforeEach(async () => {
  load = 0;
  bed = await DoorBed.open((parts, { timers, time: { clock } }) =>
    createEventsDoor(parts, { timers, clock, random: { fraction: () => 0.5 }, load: () => load }),
  );
  token = bed.signIn(ada);
  bed.addRoom(1, ada, bob);
  bed.addRoom(2, ada);
});
afterEach(() => bed.close());

async function poll(query: string, headers: Record<string, string> = {}): Promise<Polled> {
  const response = await bed.fetch(`${path}?${query}`, token, { headers });
  expect(response.status).toBe(200);
  return (await response.json()) as Polled;
}
const texts = ({ events }: Polled) => events.map(({ data }) => data.text);

describe('[D5] a poll', () => {
  it('without a cursor says where everything stands, and nothing else', async () => {
    bed.post(1, 'before');
    const polled = await poll('');
    expect(polled.events).toEqual([]);
    bed.post(2, 'after');
    expect(texts(await poll(`after=${polled.cursor}`))).toEqual(['after']);
  });

  it('tells what was missed once, in order, and each answer goes on where the last one ended', async () => {
    let { cursor } = await poll('room=room-1');
    const heard: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      for (let count = 0; count < round; count += 1) bed.post(1, `${round} ${count}`);
      bed.post(2, 'elsewhere');
      const polled = await poll(`room=room-1&after=${cursor}`);
      heard.push(...texts(polled));
      cursor = polled.cursor;
    }
    expect(heard).toEqual(['1 0', '2 0', '2 1', '3 0', '3 1', '3 2', '4 0', '4 1', '4 2', '4 3']);
    expect(cursor).toMatch(/^1-10\./);
  });

  it('may be asked again with the same cursor, and takes the cursor of a stream', async () => {
    bed.post(1, 'one');
    for (let time = 0; time < 2; time += 1) expect(texts(await poll('room=room-1&after=1-0'))).toEqual(['one']);
  });

  it('[L6] pages what is too much for one answer', async () => {
    for (let count = 0; count < 1_200; count += 1) bed.post(1 + (count % 2), `text ${count}`);
    let cursor = (await poll('')).cursor;
    expect((await poll(`after=${cursor}`)).events).toEqual([]);
    for (let count = 1_200; count < 3_000; count += 1) bed.post(1 + (count % 2), `text ${count}`);
    const heard: string[] = [];
    for (let more = true; more; ) {
      const polled = await poll(`after=${cursor}`);
      ({ cursor, more } = polled);
      heard.push(...texts(polled));
      expect(polled.events.length).toBeLessThanOrEqual(500);
      expect(polled.pollAfterMs).toBe(more ? 0 : 1_000);
    }
    expect(heard).toHaveLength(1_800);
    expect(new Set(heard).size).toBe(1_800);
  });

  it('is unchanged while nothing happens, and says so with 304 to whoever has its answer', async () => {
    const first = await poll('');
    const again = await bed.fetch(`${path}?after=${first.cursor}`, token);
    const etag = again.headers.get('etag') ?? '';
    expect(etag).toBe(`"${first.cursor}"`);
    expect(again.headers.get('cache-control')).toBe('private, no-cache');
    const idle = await bed.fetch(`${path}?after=${first.cursor}`, token, { headers: { 'if-none-match': etag } });
    expect(idle.status).toBe(304);
    expect(idle.headers.get('poll-after-ms')).toBe('1000');
    bed.post(1, 'news');
    const news = await bed.fetch(`${path}?after=${first.cursor}`, token, { headers: { 'if-none-match': etag } });
    expect(news.status).toBe(200);
    expect(news.headers.get('etag')).not.toBe(etag);
  });

  it('is told to come less often the longer nothing happens, and when the node is busy', async () => {
    const { cursor } = await poll('');
    const waits: number[] = [];
    for (const seconds of [0, 60, 60, 10_000]) {
      await bed.time.advance(seconds * 1_000);
      waits.push((await poll(`after=${cursor}`)).pollAfterMs);
    }
    expect(waits).toEqual([1_000, 6_000, 12_000, 30_000]);
    load = 1;
    expect((await poll(`after=${cursor}`)).pollAfterMs).toBe(120_000);
    load = 0;
    bed.post(1, 'news');
    expect((await poll(`after=${cursor}`)).pollAfterMs).toBe(1_000);
  });

  it('says once that a room is no longer to be heard', async () => {
    const { cursor } = await poll('room=room-1&room=room-2');
    bed.removeFrom(1, ada);
    const polled = await poll(`room=room-1&room=room-2&after=${cursor}`);
    expect(polled.events).toEqual([{ event: 'log.closed', data: { log: `room:${roomId(1)}`, reason: 'forbidden' } }]);
    expect((await poll(`room=room-1&room=room-2&after=${polled.cursor}`)).events).toEqual([]);
    expect((await bed.fetch(`${path}?room=room-1&after=${cursor}`, token)).status).toBe(404);
  });

  it('[L10] is checked each time', async () => {
    const { cursor } = await poll('');
    bed.domain.actors.clear();
    const response = await bed.fetch(`${path}?after=${cursor}`, token);
    expect(response.status).toBe(401);
  });

  it('leaves no connection behind', async () => {
    await poll('');
    await until(() => bed.engine.stats().connections === 0);
    expect(bed.engine.stats().listeners).toBe(0);
  });
});

describe('[D5] a long poll', () => {
  async function waiting(query: string) {
    const answer = bed.fetch(`${path}?${query}&wait=20`, token);
    await until(() => bed.engine.stats().listeners > 0);
    await bed.time.settle();
    return answer;
  }

  it('answers as soon as something happens', async () => {
    const { cursor } = await poll('');
    const answer = bed.fetch(`${path}?after=${cursor}&wait=20`, token);
    await until(() => bed.engine.stats().listeners === 3);
    await bed.time.settle();
    bed.post(2, 'one');
    bed.post(1, 'two');
    expect(texts((await (await answer).json()) as Polled).toSorted()).toEqual(['one', 'two']);
  });

  it('answers at once when something was missed', async () => {
    const { cursor } = await poll('');
    bed.post(1, 'one');
    expect(texts(await poll(`after=${cursor}&wait=20`))).toEqual(['one']);
  });

  it.each([
    ['20', 20_000],
    ['25', 25_000],
    ['9999', 25_000],
  ])('that waits %s s in vain gets the same cursor', async (wait, ms) => {
    const { cursor } = await poll('room=room-1');
    const answer = bed.fetch(`${path}?room=room-1&after=${cursor}&wait=${wait}`, token);
    await until(() => bed.engine.stats().listeners === 2);
    await bed.time.settle();
    await bed.time.advance(ms - 1);
    expect(bed.engine.stats().listeners).toBe(2);
    await bed.time.advance(1);
    expect(await (await answer).json()).toMatchObject({ events: [], cursor, more: false });
  });

  it('[E1] is not woken by what has no place in a log', async () => {
    const { cursor } = await poll('room=room-1');
    const answer = await Promise.race([
      waiting(`room=room-1&after=${cursor}`),
      (async () => {
        await until(() => bed.engine.stats().listeners === 2);
        await bed.time.settle();
        const json = JSON.stringify({ event: 'typing.changed', log: `room:${roomId(1)}`, at: 1, data: {} });
        bed.bus.publish({ kind: 'ephemeral', ephemeral: { topic: `room:${roomId(1)}`, key: 'k', json } });
        await bed.time.settle();
        expect(bed.engine.stats().listeners).toBe(2);
        bed.post(1, 'woken');
        return new Promise<never>(() => {});
      })(),
    ]);
    expect(texts((await answer.json()) as Polled)).toEqual(['woken']);
  });

  it('[H8] whose session is revoked is told so', async () => {
    const { cursor } = await poll('');
    const answer = bed.fetch(`${path}?after=${cursor}&wait=20`, token);
    await until(() => bed.engine.stats().listeners === 3);
    bed.bus.publish({ kind: 'revocation', revocation: bed.domain.endSessionsOf(ada) });
    expect((await answer).status).toBe(401);
    expect(await (await answer).json()).toMatchObject({ error: { code: 'session-revoked' } });
  });

  it('that nobody waits for any more ends', async () => {
    const { cursor } = await poll('');
    const client = bed.listen(`${path}?after=${cursor}&wait=20`, token);
    await until(() => bed.engine.stats().connections === 1);
    client.cut();
    await until(() => bed.engine.stats().connections === 0);
  });

  it.each(['-1', 'soon', 'NaN'])('that waits %s seconds is refused', async (wait) => {
    expect((await bed.fetch(`${path}?wait=${wait}`, token)).status).toBe(400);
  });
});
