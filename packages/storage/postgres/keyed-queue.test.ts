import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

/** A queue whose batches end when the test says so. */
function bed(options: { maxQueued?: number; maxBatch?: number } = {}) {
  const started: string[] = [];
  const ends = new Map<string, (usable: boolean) => void>();
  let needed = 0;
  const queue = new KeyedQueue<string, string>({
    maxQueued: options.maxQueued ?? 100,
    maxBatch: options.maxBatch ?? 10,
    run(lane, key, batch) {
      started.push(`${lane}: ${batch.join(' ')}`);
      return new Promise((resolve) => ends.set(key, resolve));
    },
    needLane: () => {
      needed += 1;
    },
  });
  return {
    queue,
    /** The batches begun since the last call. */
    begun: async () => {
      await setImmediate();
      return started.splice(0);
    },
    end: (key: string, usable = true) => ends.get(key)?.(usable),
    submit: (...items: string[]) => items.map((item) => queue.submit(item.slice(0, 1), item, 0)),
    needed: () => needed,
  };
}

test('what arrives while a batch of its key is in flight is the next batch', async () => {
  const { queue, submit, begun, end } = bed();
  queue.offer('one');
  queue.offer('two');
  submit('a1', 'a2');
  expect(await begun()).toEqual(['two: a1 a2']);
  submit('a3');
  submit('a4');
  expect(await begun()).toEqual([]);
  end('a');
  expect(await begun()).toEqual(['two: a3 a4']);
});

test('keys go side by side as far as there are lanes', async () => {
  const { queue, submit, begun, end, needed } = bed();
  queue.offer('one');
  queue.offer('two');
  submit('a1', 'b1', 'c1', 'a2');
  expect(await begun()).toEqual(['two: a1 a2', 'one: b1']);
  expect(needed()).toBe(1);
  end('b');
  expect(await begun()).toEqual(['one: c1']);
});

test('keys take turns: a busy one does not hold up the others', async () => {
  const { queue, submit, begun, end } = bed({ maxBatch: 1 });
  queue.offer('lane');
  submit('a1', 'a2', 'a3', 'b1');
  expect(await begun()).toEqual(['lane: a1']);
  end('a');
  expect(await begun()).toEqual(['lane: b1']);
  end('b');
  expect(await begun()).toEqual(['lane: a2']);
});

test('beyond its bound the queue takes no more, until something has left it', async () => {
  const { queue, submit, begun, end } = bed({ maxQueued: 2 });
  expect(submit('a1', 'a2', 'a3')).toEqual([true, true, false]);
  queue.offer('lane');
  expect(await begun()).toEqual(['lane: a1 a2']);
  expect(submit('a4', 'b1', 'b2')).toEqual([true, true, false]);
  end('a');
  expect(await begun()).toEqual(['lane: b1']);
});

test('a lane that broke gets no more work, and another takes over', async () => {
  const { queue, submit, begun, end, needed } = bed();
  queue.offer('bad');
  submit('a1');
  await begun();
  submit('a2');
  end('a', false);
  expect(await begun()).toEqual([]);
  expect(needed()).toBe(1);
  queue.offer('good');
  expect(await begun()).toEqual(['good: a2']);
});

test('a free lane that is withdrawn gets no work', async () => {
  const { queue, submit, begun } = bed();
  queue.offer('lane');
  queue.withdraw('lane');
  submit('a1');
  expect(await begun()).toEqual([]);
});

test('what waits for too long is taken out, and the rest keeps its order', async () => {
  const { queue, begun } = bed();
  for (const [item, at] of [
    ['a1', 10],
    ['b1', 20],
    ['a2', 30],
    ['a3', 40],
  ] as const) {
    queue.submit(item.slice(0, 1), item, at);
  }
  await setImmediate();
  expect(queue.expire(9)).toEqual([]);
  expect(queue.expire(30)).toEqual(['a1', 'a2', 'b1']);
  expect(queue.queued).toBe(1);
  queue.offer('lane');
  expect(await begun()).toEqual(['lane: a3']);
  queue.submit('b', 'b2', 50);
  queue.offer('other');
  expect(await begun()).toEqual(['other: b2']);
});

test('what waits behind a batch in flight is taken out too, and its key goes on afterwards', async () => {
  const { queue, submit, begun, end } = bed();
  queue.offer('lane');
  submit('a1');
  await begun();
  queue.submit('a', 'a2', 5);
  expect(queue.expire(5)).toEqual(['a2']);
  end('a');
  expect(await begun()).toEqual([]);
  submit('a3');
  expect(await begun()).toEqual(['lane: a3']);
});

test('it is drained when nothing waits and nothing is in flight', async () => {
  const { queue, submit, begun, end } = bed();
  queue.offer('lane');
  submit('a1', 'b1');
  await begun();
  let drained = false;
  void queue.drain().then(() => {
    drained = true;
  });
  end('a');
  await begun();
  expect(drained).toBe(false);
  end('b');
  await begun();
  expect(drained).toBe(true);
});
