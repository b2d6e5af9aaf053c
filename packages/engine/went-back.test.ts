import { describe, expect, it } from 'vitest';
import { createTestEngine, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const room = testLog(1);

/** A live listener who heard of five events. */
async function listening(limits: Parameters<typeof createTestEngine>[0] = {}) {
  const setUp = createTestEngine(limits);
  const { domain, time, post } = setUp;
  domain.addLog(room, ada);
  const client = await setUp.connect(ada);
  client.listen({ log: room });
  await time.settle();
  for (let count = 0; count < 5; count += 1) post(room);
  await time.settle();
  const closed = () => client.peer.events.filter(({ event }) => event === 'log.closed').map(({ data }) => data);
  return { ...setUp, client, closed };
}

const inNewEpoch = [{ log: room, reason: 'epoch' }];

describe('a database that went back behind what was told', () => {
  it('[L1] is found by the sweep: the log goes on in a new epoch, and its listeners load it anew', async () => {
    const { domain, time, closed, client, post } = await listening();
    domain.takeBack(room, 3);
    await time.advance(4_000);
    expect(closed()).toEqual(inNewEpoch);
    expect(domain.logs.get(room)?.epoch).toBe(2);
    client.listen({ log: room, after: 3, epoch: 2 });
    await time.settle();
    const before = client.seqsOf(room).length;
    post(room);
    await time.settle();
    expect(client.seqsOf(room).slice(before)).toEqual([4]);
    await time.advance(10_000);
    expect(domain.logs.get(room)?.epoch).toBe(2);
  });

  it('is found by the next event, although the log is past what was told when the sweep comes', async () => {
    const { domain, time, closed, post } = await listening();
    domain.takeBack(room, 3);
    for (let count = 0; count < 3; count += 1) post(room);
    await time.settle();
    expect(closed()).toEqual(inNewEpoch);
  });

  it('is found when the log is past what was told and the bus brought nothing of that', async () => {
    const { domain, time, closed } = await listening();
    domain.takeBack(room, 3);
    for (let count = 0; count < 4; count += 1) domain.append(room);
    await time.advance(4_000);
    expect(closed()).toEqual(inNewEpoch);
  });

  it('is found by who begins to listen', async () => {
    const { domain, time, closed, connect } = await listening();
    domain.takeBack(room, 3);
    const other = await connect(ada);
    other.listen({ log: room });
    await time.settle();
    expect(closed()).toEqual(inNewEpoch);
  });

  it('is found when it went back to an earlier epoch', async () => {
    const { domain, time, closed, client } = await listening();
    const log = domain.logs.get(room);
    if (log === undefined) throw new Error('There is no log.');
    log.epoch = 7;
    await time.advance(4_000);
    client.listen({ log: room, after: 5, epoch: 7 });
    await time.settle();
    log.epoch = 6;
    await time.advance(4_000);
    expect(closed()).toEqual([...inNewEpoch, ...inNewEpoch]);
    expect(log.epoch).toBe(8);
  });

  it('is asked about again when the answer does not come', async () => {
    const { domain, time, closed, post } = await listening();
    domain.takeBack(room, 3);
    domain.hold = (question) =>
      question === 'confirmHead' ? Promise.reject(new Error('no connection')) : Promise.resolve();
    for (let count = 0; count < 3; count += 1) post(room);
    await time.advance(4_000);
    expect(closed()).toEqual([]);
    domain.hold = () => {};
    await time.advance(4_000);
    expect(closed()).toEqual(inNewEpoch);
  });
});

describe('a head that is only late', () => {
  it('is no reason to ask, whether the bus brings it, a sweep or a listening began before an event', async () => {
    const { domain, time, bus, closed, connect, post } = await listening();
    const asked: string[] = [];
    let release = () => {};
    domain.hold = (question) => {
      asked.push(question);
      return question === 'heads' || question === 'mayListen'
        ? new Promise<void>((resolve) => {
            release = resolve;
          })
        : undefined;
    };
    bus.publish({ kind: 'head', log: room, head: { epoch: 1, seq: 2, count: 2 } });
    const passed = async () => {
      post(room);
      await time.settle();
      release();
      await time.settle();
    };
    const other = await connect(ada);
    other.listen({ log: room });
    await time.settle();
    await passed();
    await time.advance(2_500);
    await passed();
    expect(asked).toEqual(expect.arrayContaining(['mayListen', 'heads']));
    expect(asked).not.toContain('confirmHead');
    expect(closed()).toEqual([]);
  });

  it('an event that comes twice is no other one, though what it said was wiped meanwhile', async () => {
    const { domain, time, bus, closed } = await listening();
    const event = domain.append(room, { text: 'a secret' });
    bus.publish({ kind: 'event', event });
    const wiped = { ...event, json: event.json.replace('a secret', '') };
    domain.logs.get(room)?.events.splice(event.seq - 1, 1, wiped);
    bus.publish({ kind: 'event', event: wiped });
    await time.advance(4_000);
    domain.append(room);
    await time.advance(4_000);
    expect(closed()).toEqual([]);
    expect(domain.logs.get(room)?.epoch).toBe(1);
  });
});
