import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Database, DatabaseUnavailable } from '../database.ts';
import { openCuttingProxy } from '../testing/cutting-proxy.ts';
import { usePostgres } from '../testing/postgres-place.ts';

const place = usePostgres();
const entry = (id: number) => ({ id, text: `entry ${id}` });
const ids = (database: Database) => database.read<number[]>('ids', {});

/** Asks again until the database answers, as a client does that repeats its message. */
async function untilStored(write: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await write();
      return;
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
    }
  }
}

/** A server that this test may stop. */
function describeOwnServer(tests: () => void): void {
  if (process.env.CONFAB_TEST_POSTGRES_URL === undefined) tests();
}

describeOwnServer(() => {
  test('[L3] a crash of the server loses nothing that was acknowledged, and the next write reconnects', async () => {
    const reports: string[] = [];
    const url = await place.newDatabase();
    const database = await place.open(url, { report: (_, what) => void reports.push(what) });
    const acknowledged: number[] = [];
    let stopped = false;
    onTestFinished(() => {
      stopped = true;
    });
    let next = 1;
    const writing = Array.from({ length: 8 }, async (_, lane) => {
      while (!stopped) {
        const id = next++;
        await database.write('add', entry(id), `${lane}`).then(
          () => acknowledged.push(id),
          (error) => {
            expect(error).toBeInstanceOf(DatabaseUnavailable);
            // Refusals come at once: without a pause nothing else in this process would have its turn.
            return new Promise((wake) => setImmediate(wake));
          },
        );
      }
    });
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(50);
    await place.server.stop('immediate');
    // What comes now waits until the server is back.
    const waiting = database.write('add', entry(1_000_000), 'waiting');
    await place.server.start();
    await waiting;
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 50);
    stopped = true;
    await Promise.all(writing);
    const stored = new Set(await ids(database));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(reports[0]).toMatch(/^PostgreSQL at 127.0.0.1:\d+ cannot be reached$/);
    expect(reports[1]).toMatch(/is back$/);
  });

  test('connections that nobody used when the server went are made anew', async () => {
    const database = await place.open(await place.newDatabase());
    await database.write('add', entry(1));
    expect(await ids(database)).toEqual([1]);
    await place.server.stop('fast');
    await place.server.start();
    expect(await ids(database)).toEqual([1]);
    await database.write('add', entry(2));
    expect(await ids(database)).toEqual([1, 2]);
  });

  test('while the server is away a script waits for its time and is then refused, and closing does not hang', async () => {
    const database = await place.open(await place.newDatabase(), { limits: { waitMs: 300 } });
    await place.server.stop('fast');
    try {
      const outcomes = await Promise.allSettled([database.write('next', {}), database.read('ids', {})]);
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ reason: expect.any(DatabaseUnavailable) });
      }
      await expect(database.write('next', {})).rejects.toThrow('waited for the database for 300 ms');
      const late = database.write('next', {}).catch((error: unknown) => error);
      await database.close();
      expect(await late).toBeInstanceOf(DatabaseUnavailable);
    } finally {
      await place.server.start();
    }
  });

  test('what waits while this process stands still is not refused: that was not the server’s time', async () => {
    const waitMs = 200;
    const database = await place.open(await place.newDatabase(), { limits: { waitMs, readConnections: 1 } });
    const asked = [ids(database), ids(database), ids(database)];
    // The first is on its way, the others wait for its connection.
    await Promise.resolve();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * waitMs);
    expect(await Promise.all(asked)).toEqual([[], [], []]);
  });

  test('a server that stands still holds nobody longer than the limit, and all is well when it goes on', async () => {
    const limits = { batchMs: 500, waitMs: 500, connectMs: 300 };
    const database = await place.open(await place.newDatabase(), { limits });
    await database.write('next', {});
    place.server.pause();
    try {
      const asked = Array.from({ length: 20 }, (_, index) => database.write('next', {}, `${index % 4}`));
      for (const outcome of await Promise.allSettled([...asked, database.read('ids', {})])) {
        expect(outcome).toMatchObject({ reason: expect.any(DatabaseUnavailable) });
      }
    } finally {
      place.server.resume();
    }
    await untilStored(() => database.write('add', entry(1)));
    expect(await ids(database)).toEqual([1]);
  });
});

/** A database behind a proxy that cuts; one connection, so that it is known which one is meant. */
async function openBehindProxy() {
  const direct = new URL(await place.newDatabase());
  const proxy = await openCuttingProxy({ host: direct.hostname, port: Number(direct.port) });
  onTestFinished(() => proxy.close());
  const url = new URL(direct);
  url.port = `${proxy.port}`;
  const limits = { writeConnections: 1, readConnections: 1 };
  return { proxy, database: await place.open(url.href, { limits }) };
}

test('a connection that is lost before the commit was sent has stored nothing, and its neighbours are told too', async () => {
  const { proxy, database } = await openBehindProxy();
  await database.write('add', entry(1));
  proxy.cutAt('INSERT INTO', 'before');
  // Prepared statements travel by name: a new one is sent in full.
  const outcomes = await Promise.allSettled([
    database.write('addChild', { id: 1, entry: 1 }),
    database.write('add', entry(2)),
  ]);
  expect(proxy.hasCut).toBe(true);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: expect.any(DatabaseUnavailable) });
  expect(await ids(database)).toEqual([1]);
  await database.write('add', entry(2));
  expect(await ids(database)).toEqual([1, 2]);
});

for (const when of ['before', 'after'] as const) {
  test(`a connection that is lost ${when} the server has the commit leaves it open whether it was stored`, async () => {
    const { proxy, database } = await openBehindProxy();
    await database.write('add', entry(1));
    proxy.cutAt('COMMIT', when);
    const error = await database.write('add', entry(2)).catch((reason: unknown) => reason);
    expect(proxy.hasCut).toBe(true);
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect((error as Error).message).toContain('during a commit, which may have been stored');
    // Whoever repeats it with the same id finds out, and it is there once.
    await untilStored(() => database.write('addIfFree', entry(2)));
    expect(await ids(database)).toEqual([1, 2]);
  });
}

test('a read whose connection is lost is refused, and the next one has a new connection', async () => {
  const { proxy, database } = await openBehindProxy();
  await database.write('add', entry(1));
  proxy.cutAt('REPEATABLE READ', 'after');
  await expect(ids(database)).rejects.toBeInstanceOf(DatabaseUnavailable);
  expect(await ids(database)).toEqual([1]);
});

test('a server that takes connections and says nothing is given up', async () => {
  const url = await place.newDatabase();
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  const quiet = new URL(url);
  quiet.port = `${(silent.address() as { port: number }).port}`;
  await expect(place.open(quiet.href, { limits: { connectMs: 200 } })).rejects.toThrow('No PostgreSQL answers at');
});
