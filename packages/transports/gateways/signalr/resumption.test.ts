import { afterEach, describe, expect, test } from 'vitest';
import { ada, bob } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { jsonEncoding } from './hub/json-encoding.ts';
import { messagePackEncoding } from './hub/messagepack-encoding.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { negotiate, RawClient } from './testing/raw-client.ts';

let gateway: OpenGateway;
afterEach(() => gateway?.close());

/** Comes back over another WebSocket, without a handshake. */
async function resume(token: string, query: string, encoding = jsonEncoding): Promise<RawClient> {
  const client = new RawClient(gateway, token, query, encoding);
  client.handshake = '';
  await client.opened();
  return client;
}

async function cut(client: RawClient): Promise<void> {
  client.webSocket.terminate();
  await until(() => client.closeCode !== undefined);
  await gateway.time.settle();
}

const call = (invocationId: string, ...given: unknown[]) =>
  ({ type: 1, invocationId, target: 'Send', arguments: given }) as const;

describe.each([jsonEncoding, messagePackEncoding])(
  'a connection that may be resumed, with the $name encoding',
  (encoding) => {
    test('goes on over another WebSocket: both sides repeat what the other did not get', async () => {
      gateway = await OpenGateway.open();
      const token = gateway.signIn(ada);
      const { client, query } = await RawClient.enterStateful(gateway, token, encoding);
      client.send({ type: 1, target: 'Join', arguments: ['room-1'] });
      client.send(call('1', 'room-1', 'one'));
      await client.completion('1');
      await until(() => client.texts.length === 1);
      await cut(client);
      gateway.post(1, 'while it was away');
      gateway.post(1, 'and more');
      const again = await resume(token, query, encoding);
      // It repeats its calls, and adds one: two messages counted before.
      again.send(
        { type: 9, sequenceId: 1 },
        { type: 1, target: 'Join', arguments: ['room-1'] },
        call('1', 'room-1', 'one'),
        call('2', 'room-1', 'two'),
      );
      await again.completion('2');
      await until(() => again.texts.length === 4);
      expect(again.received[0]).toEqual({ type: 9, sequenceId: 1 });
      // Nothing was acknowledged, so all is repeated; its own count tells what it has seen.
      expect(again.texts).toEqual(['one', 'while it was away', 'and more', 'two']);
      expect(gateway.domain.executed.filter(({ command }) => command === 'message.post')).toHaveLength(2);
    });

    test('repeats only what was not acknowledged, and acknowledges what came', async () => {
      gateway = await OpenGateway.open({ limits: { ackMs: 1_000 } });
      const token = gateway.signIn(ada);
      const { client, query } = await RawClient.enterStateful(gateway, token, encoding);
      await client.call('Join', 'room-1');
      for (const text of ['a', 'b', 'c']) gateway.post(1, text);
      await until(() => client.texts.length === 3);
      await gateway.time.advance(1_000);
      await until(() => client.received.some(({ type }) => type === 8));
      expect(client.received.find(({ type }) => type === 8)).toEqual({ type: 8, sequenceId: 1 });
      // The completion of Join, and a.
      client.send({ type: 8, sequenceId: 2 }, { type: 6 });
      await gateway.time.settle();
      await until(() => client.webSocket.bufferedAmount === 0);
      expect(await client.call('Nothing')).toMatchObject({ type: 3 });
      await cut(client);
      const again = await resume(token, query, encoding);
      await until(() => again.received.length === 4);
      expect(again.received[0]).toEqual({ type: 9, sequenceId: 3 });
      expect(again.texts).toEqual(['b', 'c']);
    });
  },
);

describe('a connection that may be resumed', () => {
  test('acknowledges at once when much has come', async () => {
    gateway = await OpenGateway.open({ limits: { ackBytes: 1_000 } });
    const { client } = await RawClient.enterStateful(gateway, gateway.signIn(ada));
    client.send(call('1', 'room-1', 'x'.repeat(1_000)));
    await until(() => client.received.some(({ type }) => type === 8));
  });

  test('takes over from a WebSocket that it believes to be there still', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const { client, query } = await RawClient.enterStateful(gateway, token);
    await client.call('Join', 'room-1');
    const again = await resume(token, query);
    await until(() => client.closeCode !== undefined);
    again.send({ type: 9, sequenceId: 2 });
    gateway.post(1, 'over the new one');
    await until(() => again.texts.length === 1);
    expect(gateway.engine.stats().connections).toBe(1);
  });

  test('is there for so long and no longer', async () => {
    gateway = await OpenGateway.open({ limits: { resumeMs: 10_000 } });
    const token = gateway.signIn(ada);
    const { client, query } = await RawClient.enterStateful(gateway, token);
    await client.call('Leave', 'room-1');
    await cut(client);
    await gateway.time.advance(8_000);
    const again = await resume(token, query);
    again.send({ type: 9, sequenceId: 2 });
    expect(again.status).toBe(0);
    await until(() => again.received.length > 0);
    await cut(again);
    await gateway.time.advance(12_000);
    expect((await resume(token, query)).status).toBe(404);
    expect(gateway.engine.stats().connections).toBe(0);
  });

  test('is not there for anyone else', async () => {
    gateway = await OpenGateway.open();
    const { client, query } = await RawClient.enterStateful(gateway, gateway.signIn(ada));
    await cut(client);
    expect((await resume(gateway.signIn(bob), query)).status).toBe(404);
  });

  test('[H8] ends with its session, with or without a transport', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const { client, query } = await RawClient.enterStateful(gateway, token);
    await client.call('Join', 'room-1');
    await cut(client);
    gateway.signOut(token);
    await until(() => gateway.engine.stats().connections === 0);
    expect((await resume(token, query)).status).toBe(404);
  });

  test('[S1] keeps a bounded amount while it is away: the rest comes from the log', async () => {
    gateway = await OpenGateway.open({ engine: { softQueueBytes: 2_000 }, limits: { replayBytes: 100_000 } });
    const token = gateway.signIn(ada);
    const { client, query } = await RawClient.enterStateful(gateway, token);
    await client.call('Join', 'room-1');
    await cut(client);
    for (let index = 0; index < 200; index += 1) {
      gateway.post(1, `away ${index}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const again = await resume(token, query);
    again.send({ type: 9, sequenceId: 2 });
    await until(() => again.texts.length === 200);
    expect(again.texts).toEqual(Array.from({ length: 200 }, (_, index) => `away ${index}`));
  });

  test('that cannot have everything repeated any more is not there: its client begins anew', async () => {
    gateway = await OpenGateway.open({ limits: { replayBytes: 1_000 } });
    const token = gateway.signIn(ada);
    const { client, query } = await RawClient.enterStateful(gateway, token);
    await client.call('Join', 'room-1');
    for (let index = 0; index < 20; index += 1) gateway.post(1, `not acknowledged ${index}`);
    await until(() => client.texts.length === 20);
    await cut(client);
    expect((await resume(token, query)).status).toBe(404);
    await until(() => gateway.engine.stats().connections === 0);
  });

  test('ends when its client begins where something would be left out', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const { client, query } = await RawClient.enterStateful(gateway, token);
    await client.call('Leave', 'room-1');
    await cut(client);
    const again = await resume(token, query);
    again.send({ type: 9, sequenceId: 7 });
    await until(() => again.closeCode !== undefined);
    expect(again.received.at(-1)).toEqual({ type: 7, error: 'malformed' });
  });

  test('is one only where the client knows how: neither in version 1 nor over other transports', async () => {
    gateway = await OpenGateway.open();
    const token = gateway.signIn(ada);
    const { body } = await negotiate(gateway, token, 'negotiateVersion=1&useStatefulReconnect=true');
    const query = `id=${body.connectionToken}`;
    const client = new RawClient(gateway, token, query);
    await client.opened();
    client.shakeHands(1);
    await until(() => client.handshake !== null);
    await cut(client);
    expect((await resume(token, query)).status).toBe(404);
  });
});
