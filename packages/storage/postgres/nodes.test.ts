import { Client } from 'pg';
import { expect, test } from 'vitest';
import { type Database, DatabaseUnavailable } from '../database.ts';
import { usePostgres } from '../testing/postgres-place.ts';
import { writingLock } from './advisory-locks.ts';
import type { PostgresLimits } from './limits.ts';

/** Several databases opened on one PostgreSQL, as nodes do. */

const place = usePostgres();

async function openNodes(count: number, limits: Partial<PostgresLimits> = {}): Promise<Database[]> {
  const url = await place.newDatabase();
  return Promise.all(Array.from({ length: count }, () => place.open(url, { limits })));
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** What each asked in turn, of node after node. */
function askInTurns<T>(nodes: readonly Database[], count: number, ask: (node: Database, index: number) => Promise<T>) {
  return Promise.all(upTo(count).map((_, index) => ask(nodes[index % nodes.length] as Database, index)));
}

test('[L1] a counter that all nodes raise misses no number and gives none twice', async () => {
  const nodes = await openNodes(3);
  const values = await askInTurns(nodes, 150, (node) => node.write<number>('next', {}, 'counter'));
  expect(values.sort((a, b) => a - b)).toEqual(upTo(150));
});

test('[L1] also when no key says that they meet', async () => {
  const nodes = await openNodes(2);
  const values = await askInTurns(nodes, 60, (node, index) => node.write<number>('next', {}, `${index}`));
  expect(values.sort((a, b) => a - b)).toEqual(upTo(60));
});

test('of each node, the scripts of one key take effect in the order of their arrival', async () => {
  const nodes = await openNodes(2);
  const keys = ['left', 'middle', 'right'];
  const own = await Promise.all(
    nodes.flatMap((node) =>
      keys.map((key) => Promise.all(upTo(30).map(() => node.write<number>('nextOf', { key }, key)))),
    ),
  );
  for (const values of own) expect(values).toEqual(values.toSorted((a, b) => a - b));
  for (const [index] of keys.entries()) {
    const values = own.filter((_, at) => at % keys.length === index).flat();
    expect(values.sort((a, b) => a - b)).toEqual(upTo(60));
  }
});

test('[L3] what one node answered is seen by every read on another that begins afterwards', async () => {
  const [one, two] = (await openNodes(2)) as [Database, Database];
  for (const id of upTo(20)) {
    await one.write('add', { id, text: 'x' });
    expect(await two.read('entry', { id })).toEqual({ id, text: 'x' });
  }
});

test('what two nodes decide at once is what they could have decided one after the other', async () => {
  for (let round = 0; round < 5; round++) {
    const [one, two] = (await openNodes(2)) as [Database, Database];
    const took = await Promise.all([
      one.write<boolean>('takeUnlessTaken', { own: 'left', other: 'right' }, 'left'),
      two.write<boolean>('takeUnlessTaken', { own: 'right', other: 'left' }, 'right'),
    ]);
    expect(took.filter(Boolean)).toHaveLength(1);
  }
});

test('scripts that wait for one another all come to an end', async () => {
  const nodes = await openNodes(2);
  const orders = [
    ['left', 'right'],
    ['right', 'left'],
  ];
  await askInTurns(nodes, 40, (node, index) =>
    node.write('raiseInOrder', { sides: orders[index % 2] }, `key ${index % 8}`),
  );
  expect(await nodes[0]?.read('readBoth', {})).toEqual({ left: 40, right: 40 });
});

test('no write is refused, however often others are in its way', async () => {
  // Of any two beside each other only one can be: with no more attempts than these some would be given up.
  const nodes = await openNodes(3, { maxAttempts: 3, attemptsAlone: 1 });
  const sums = await askInTurns(nodes, 300, (node, index) =>
    node.write<number>('addOneToAll', { key: `${index % 60}` }, `key ${index % 60}`),
  );
  expect(sums.sort((a, b) => a - b)).toEqual(upTo(300));
});

test('a node that hangs in the middle of a batch keeps another one waiting to be alone for a bounded time', async () => {
  const url = await place.newDatabase();
  const limits = { maxAttempts: 2, attemptsAlone: 2, aloneWaitMs: 20 };
  const [alone, beside] = [await place.open(url, { limits }), await place.open(url)];
  const hanging = new Client({ connectionString: url });
  await hanging.connect();
  await hanging.query('SELECT pg_advisory_lock_shared($1)', [writingLock]);
  await expect(alone.write('add', { id: 1, text: 'x' })).rejects.toBeInstanceOf(DatabaseUnavailable);
  await beside.write('add', { id: 2, text: 'x' });
  await hanging.end();
  await alone.write('add', { id: 3, text: 'x' });
  expect(await alone.read('ids', {})).toEqual([2, 3]);
});

test('a script that fails on one node takes nothing with it on another', async () => {
  const nodes = await openNodes(2);
  const outcomes = await Promise.allSettled(
    upTo(40).map((id) => {
      const node = nodes[id % 2] as Database;
      const key = `key ${id % 3}`;
      return id % 4 === 0
        ? node.write('addThenFail', { id, text: 'x' }, key)
        : node.write('add', { id, text: 'x' }, key);
    }),
  );
  expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(upTo(40).map((id) => id % 4 === 0));
  expect(await nodes[0]?.read('ids', {})).toEqual(upTo(40).filter((id) => id % 4 !== 0));
});
