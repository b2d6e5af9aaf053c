import { afterEach, describe, expect, test } from 'vitest';
import { ada, bob } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { RawPoller, RawSocket, separator } from './testing/raw-clients.ts';

let gateway: OpenGateway;
afterEach(() => gateway.close());

const large = 'x'.repeat(20_000);

/** The seqs of the messages among packets, in their order. */
function seqsOf(packets: readonly string[]): number[] {
  return packets.filter((each) => each.startsWith('42["message"')).map((each) => JSON.parse(each.slice(2))[1].seq);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('[S1] [S2] a client that does not read', () => {
  test('over WebSocket is given the log when it reads again, and holds up nobody', async () => {
    gateway = await OpenGateway.open({ engine: { hardQueueBytes: 64 * 1024 * 1024 } });
    const slow = await RawSocket.connect(gateway.url, gateway.signIn(ada));
    const quick = await RawSocket.connect(gateway.url, gateway.signIn(bob));
    slow.webSocket.pause();
    for (let count = 1; count <= 600; count += 1) {
      gateway.post(1, `${count}${large}`);
      if (count % 20 === 0) await until(() => seqsOf(quick.packets).length === count);
    }
    expect(gateway.engine.stats().lagging).toBe(1);
    slow.webSocket.resume();
    await until(() => {
      void gateway.time.advance(500);
      return seqsOf(slow.packets).length >= 600;
    });
    expect(seqsOf(slow.packets)).toEqual(upTo(600));
    slow.cut();
    quick.cut();
  });

  test('over polling is given the log when it polls again', async () => {
    gateway = await OpenGateway.open();
    const poller = await RawPoller.open(gateway.url);
    await poller.send(`40${JSON.stringify({ token: gateway.signIn(ada) })}`);
    await poller.pollFor('40');
    const quick = await RawSocket.connect(gateway.url, gateway.signIn(bob));
    for (let count = 1; count <= 60; count += 1) {
      gateway.post(1, `${count}${large}`);
      await until(() => seqsOf(quick.packets).length === count);
    }
    expect(gateway.engine.stats().lagging).toBe(1);
    while (seqsOf(poller.packets).length < 60) await poller.poll();
    expect(seqsOf(poller.packets)).toEqual(upTo(60));
    quick.cut();
  });

  test('beyond the hard bound is cut off', async () => {
    gateway = await OpenGateway.open({
      engine: { softQueueBytes: 64 * 1024, hardQueueBytes: 70 * 1024 },
      limits: { closingMs: 50 },
    });
    const poller = await RawPoller.open(gateway.url);
    await poller.send(`40${JSON.stringify({ token: gateway.signIn(ada) })}`);
    await poller.pollFor('40');
    const quick = await RawSocket.connect(gateway.url, gateway.signIn(bob));
    for (let count = 1; count <= 4; count += 1) {
      gateway.post(1, `${count}${large}`);
      await until(() => seqsOf(quick.packets).length === count);
    }
    await until(() => gateway.engine.stats().connections === 1);
    expect((await poller.poll()).status).toBe(400);
    quick.cut();
  });
});

describe('a client that sends too fast', () => {
  test.each([
    ['packets that do nothing', '6'],
    ['events that nobody knows', '42["x"]'],
    ['commands', '42["connection.ping"]'],
    ['acknowledgements', '430[]'],
  ])('%s over WebSocket is cut off, and nobody else', async (_, packet) => {
    gateway = await OpenGateway.open({ limits: { packetsPerSecond: 1, packetsBurst: 20, closingMs: 50 } });
    const other = await RawSocket.connect(gateway.url, gateway.signIn(bob));
    const socket = await RawSocket.connect(gateway.url, gateway.signIn(ada));
    for (let count = 0; count < 30; count += 1) socket.send(packet);
    await until(() => socket.closed);
    gateway.post(1, 'goes on');
    await other.heard('42["message",{"id":"m-goes on"');
    await until(() => gateway.engine.stats().connections === 1);
    other.cut();
  });

  test('in one body of a poll is cut off', async () => {
    gateway = await OpenGateway.open({ limits: { packetsPerSecond: 1, packetsBurst: 20, closingMs: 50 } });
    const poller = await RawPoller.open(gateway.url);
    await poller.send(Array.from({ length: 30 }, () => '6').join(separator));
    expect((await poller.send('6')).status).toBe(400);
  });
});
