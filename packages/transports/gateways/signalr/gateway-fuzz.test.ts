import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ada, bob } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import type { HubEncoding } from './hub/encoding.ts';
import { jsonEncoding } from './hub/json-encoding.ts';
import type { HubMessage } from './hub/message.ts';
import { messagePackEncoding } from './hub/messagepack-encoding.ts';
import { records } from './testing/bounds.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { RawClient } from './testing/raw-client.ts';
import { RequestClient } from './testing/request-client.ts';

/** A short form: the long one is a run of its own. */
const connections = 150;
const messagesEach = 20;

let gateway: OpenGateway;
let neighbour: RawClient;
beforeEach(async () => {
  gateway = await OpenGateway.open();
  neighbour = await RawClient.enter(gateway, gateway.signIn(bob));
});
afterEach(() => gateway.close());

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('room-1', 'room-3', '', null, {}, { rooms: ['room-1'] }),
);
const id = fc.constantFrom('1', '2', '3');
const given = fc.array(value, { maxLength: 4 });
const target = fc.constantFrom('Send', 'Join', 'Leave', 'Command', 'Events', 'constructor', '');
const message: fc.Arbitrary<HubMessage> = fc.oneof(
  fc.record({ type: fc.constant(1 as const), invocationId: id, target, arguments: given }),
  fc.record({ type: fc.constant(4 as const), invocationId: id, target, arguments: given }),
  fc.record({ type: fc.constant(5 as const), invocationId: id }),
  fc.record({ type: fc.constant(2 as const), invocationId: id, item: value }),
  fc.record({ type: fc.constant(3 as const), invocationId: id, result: value }),
  fc.record({ type: fc.constantFrom(8 as const, 9 as const), sequenceId: fc.nat(50) }),
  fc.constant<HubMessage>({ type: 6 }),
);

/** Mostly correct messages, so that they get far; some with a few other bytes in them, some nothing but noise. */
function sent(encoding: HubEncoding): fc.Arbitrary<Buffer> {
  const whole = message.map((each) => encoding.encode(each));
  const faulty = fc.tuple(whole, fc.nat(), fc.nat(255)).map(([bytes, at, byte]) => {
    bytes[at % bytes.length] = byte;
    return bytes;
  });
  const noise = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes));
  return fc.oneof({ weight: 30, arbitrary: whole }, { weight: 1, arbitrary: faulty }, { weight: 1, arbitrary: noise });
}

const batches = (encoding: HubEncoding, seed: number) =>
  fc.sample(fc.array(sent(encoding), { minLength: messagesEach, maxLength: messagesEach }), {
    numRuns: connections,
    seed,
  });

async function expectUndisturbed(): Promise<void> {
  expect(await neighbour.call('Send', 'room-2', 'still here')).toMatchObject({ result: { id: 'm-still here' } });
  expect(gateway.reported).toEqual([]);
  await until(() => gateway.engine.stats().connections === 1);
}

describe.each([jsonEncoding, messagePackEncoding])('with the $name encoding', (encoding) => {
  test(`${connections * messagesEach} messages of any kind over WebSockets end at most the connection that sent them`, async () => {
    const token = gateway.signIn(ada);
    let ended = 0;
    for (const batch of batches(encoding, 1)) {
      const { client } = await RawClient.enterStateful(gateway, token, encoding);
      for (const bytes of batch) client.write(bytes);
      client.send({ type: 6 }, { type: 7 });
      await until(() => client.closeCode !== undefined);
      if (client.closeCode !== 1000) ended += 1;
    }
    // Some got through to the end, some did not: else nothing would have been tried.
    expect(ended).toBeGreaterThan(5);
    expect(ended).toBeLessThan(connections);
    await expectUndisturbed();
  });

  test(`${connections * messagesEach} messages of any kind by POST end at most the connection that sent them`, async () => {
    const token = gateway.signIn(ada);
    const statuses = new Set<number>();
    for (const batch of batches(encoding, 2)) {
      const client = await RequestClient.negotiated(gateway, token, encoding);
      await client.poll();
      await client.shakeHands();
      for (let at = 0; at < batch.length; at += 5)
        statuses.add(await client.post(Buffer.concat(batch.slice(at, at + 5))));
      statuses.add(await client.end());
    }
    await gateway.time.advance(10_000);
    expect([...statuses].toSorted()).toEqual([200, 202, 404]);
    await expectUndisturbed();
  });
});

test('any first words end at most the connection that said them', async () => {
  const token = gateway.signIn(ada);
  const first = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue().map((each) => records(JSON.stringify(each))),
    fc.record({ protocol: value, version: value }).map((each) => records(each)),
  );
  for (const bytes of fc.sample(first, { numRuns: 300, seed: 3 })) {
    const client = new RawClient(gateway, token);
    await client.opened();
    client.write(bytes);
    await until(() => client.closeCode !== undefined);
  }
  await expectUndisturbed();
});

test('any address is answered', async () => {
  const token = gateway.signIn(ada);
  const part = fc.stringMatching(/^[A-Za-z0-9%&=?/_.-]{0,30}$/);
  const asked = fc.record({ method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT'), path: part });
  for (const { method, path } of fc.sample(asked, { numRuns: 300, seed: 4 })) {
    const response = await fetch(`${gateway.url}${path.startsWith('?') || path === '' ? path : `/${path}`}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    expect([400, 404, 405]).toContain(response.status);
    await response.arrayBuffer();
  }
  await expectUndisturbed();
});
