import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConnectionsDoor } from '../connections/index.ts';
import type { Door, DoorParts } from '../door.ts';
import { createEventsDoor } from '../events/index.ts';
import { ada, roomId } from '../testing/test-world.ts';
import { until } from '../testing/until.ts';
import { DoorBed } from './testing/door-bed.ts';

let bed: DoorBed;
let session: ClientHttp2Session;
let token: string;

async function openBed(make: (parts: DoorParts, bed: DoorBed) => Door): Promise<void> {
  bed = await DoorBed.open(make, {}, 2);
  bed.addRoom(1, ada);
  token = bed.signIn(ada);
  session = connect(bed.url);
}
afterEach(async () => {
  session.destroy();
  await bed.close();
});

class Http2Stream {
  text = '';
  over = false;
  readonly stream: ClientHttp2Stream;

  constructor(method: string, path: string, body?: string) {
    const headers = { accept: 'application/x-ndjson', authorization: `Bearer ${token}` };
    this.stream = session.request({ ':method': method, ':path': path, ...headers });
    this.stream.setEncoding('utf8').on('data', (chunk: string) => {
      this.text += chunk;
    });
    this.stream.on('close', () => {
      this.over = true;
    });
    this.stream.on('error', () => {});
    this.stream.end(body);
  }

  get texts(): number[] {
    return [...this.text.matchAll(/"text":"(\d+) /g)].map(([, text]) => Number(text));
  }
}

const hello = `{"id":1,"command":"connection.hello","params":{"versions":[1]}}
{"id":2,"command":"log.listen","params":{"logs":[{"log":"room:${roomId(1)}","level":"live"}]}}`;

describe.each([
  [
    'events',
    () => openBed((parts, { timers }) => createEventsDoor(parts, { timers })),
    () => new Http2Stream('GET', '/api/v1/events'),
    '"cursor"',
  ],
  [
    'a connection',
    () => openBed((parts, { timers }) => createConnectionsDoor(parts, { timers })),
    () => new Http2Stream('POST', '/api/v1/connections', hello),
    '"reply":2',
  ],
] as const)('over one HTTP/2 connection, %s', (_, open, listen, begun) => {
  beforeEach(open);

  async function listening(): Promise<Http2Stream> {
    const stream = listen();
    await until(
      () => stream.text.includes(begun),
      () => stream.text,
    );
    await bed.time.settle();
    return stream;
  }

  it('[S1] that nobody reads hold up no other, and come whole when they are read', async () => {
    const slow = await listening();
    const quick = await listening();
    slow.stream.pause();
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
    // The quick one may have been behind for a moment too, where the machine is busy; it has everything all the same.
    expect(bed.engine.stats().lagging).toBeGreaterThanOrEqual(1);
    expect(bed.engine.stats().maxBytesQueued).toBeLessThan(1024 * 1024);
    slow.stream.resume();
    await until(
      () => slow.texts.length === posted,
      () => `${slow.texts.length} of ${posted}`,
    );
    expect(slow.texts).toEqual(Array.from({ length: posted }, (_each, index) => index));
  });

  it('end when their client closes them, each alone', async () => {
    const one = await listening();
    const other = await listening();
    one.stream.close();
    await until(() => bed.engine.stats().connections === 1);
    bed.post(1, '1 still here');
    await until(() => other.texts.length === 1);
    session.destroy();
    await until(() => bed.engine.stats().connections === 0);
  });

  it('[H5] live as long as their signs of life are taken', async () => {
    const stream = await listening();
    const { length } = stream.text;
    for (let count = 0; count < 6; count += 1) {
      await bed.time.advance(20_000);
      await until(() => stream.text.length > length + count);
    }
    expect(stream.over).toBe(false);
  });

  it('[H6] end with the reason', async () => {
    const stream = await listening();
    bed.bus.publish({ kind: 'revocation', revocation: bed.domain.endSessionsOf(ada) });
    await until(() => stream.over);
    expect(stream.text).toContain('"reason":"session-revoked"');
    expect(bed.engine.stats().connections).toBe(0);
    expect(bed.reported).toEqual([]);
  });
});
