import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ada, bob, roomId } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { ask, RawPoller, RawSocket, separator } from './testing/raw-clients.ts';

let gateway: OpenGateway;
let witness: RawSocket;
let token: string;
beforeAll(async () => {
  gateway = await OpenGateway.open({
    limits: { frameBytes: 8_192, attachmentBytes: 4_096, signInMs: 2_000, closingMs: 50 },
  });
  token = gateway.signIn(ada);
  witness = await RawSocket.connect(gateway.url, gateway.signIn(bob));
});
afterAll(async () => {
  witness.cut();
  await gateway.close();
});

/** Correct packets of every kind, to be broken. */
const correct = [
  '2',
  '3',
  '40',
  '40/home,{"token":"TOKEN"}',
  '40{"token":"TOKEN","rooms":["room-1"],"pid":"0.AQ","offset":"0.AQ"}',
  '41',
  '41/home,',
  '42["message",{"room":"room-1","text":"hello"}]',
  '427["message.post",{"room":"ROOM","clientId":"c","text":"hello"}]',
  '428["command","account.home",{}]',
  '429["log.read",{"log":"room:ROOM","after":0}]',
  '4210["log.listen",{"logs":[{"log":"room:ROOM","level":"live"}]}]',
  '4211["join","room-2"]',
  '4212["leave","room-2"]',
  '430[{"ok":true}]',
  '44{"message":"x"}',
  '452-13["message",{"text":{"_placeholder":true,"num":0}},{"_placeholder":true,"num":1}]',
  '461-1[{"_placeholder":true,"num":0}]',
  '6',
  'bAQIDBA==',
];

const filled = (packet: string) => packet.replaceAll('TOKEN', token).replaceAll('ROOM', roomId(1));

/** A correct packet, one with a piece cut out, doubled or written over, or anything. */
const packets: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.constantFrom(...correct).map((each) => filled(each)),
  fc
    .tuple(fc.constantFrom(...correct), fc.nat(100), fc.nat(10), fc.oneof(fc.string(), fc.constantFrom(...'[]{}",-0/')))
    .map(([packet, at, length, piece]) => {
      const text = filled(packet);
      return `${text.slice(0, at)}${piece}${text.slice(at + length)}`;
    }),
  fc.tuple(fc.constantFrom('42', '420', '40', '43', '45', '4'), fc.json()).map(([head, json]) => head + json),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }),
);

async function expectNobodyDisturbed(): Promise<void> {
  const { seq } = gateway.post(2, 'are you there');
  await witness.heard('42["message",{"id":"m-are you there"');
  await until(() => witness.packets.some((each) => each.includes(`"room":"${roomId(2)}","seq":${seq},`)));
  expect(gateway.reported.filter((what) => what !== 'a connection was closed')).toEqual([]);
}

describe('whatever arrives, nobody else is disturbed', () => {
  test('over WebSocket, before and after signing in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(packets, { minLength: 10, maxLength: 40 }), async (signedIn, many) => {
        const socket = signedIn ? await RawSocket.connect(gateway.url, token) : await RawSocket.open(gateway.url);
        for (const packet of many) if (socket.webSocket.readyState === 1) socket.send(packet);
        socket.webSocket.close();
        await until(() => socket.closed);
      }),
      { numRuns: 150 },
    );
    await expectNobodyDisturbed();
  });

  test('over polling', async () => {
    const texts = packets.filter((packet) => typeof packet === 'string');
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 20 }), async (many) => {
        const poller = await RawPoller.open(gateway.url);
        const statuses = [
          (await poller.send(`40${JSON.stringify({ token })}`)).status,
          (await poller.send(many.join(separator))).status,
          (await poller.send('1')).status,
        ];
        expect(statuses.every((status) => [200, 400, 413].includes(status))).toBe(true);
      }),
      { numRuns: 150 },
    );
    await expectNobodyDisturbed();
  });

  test('in a handshake', async () => {
    const query = fc.dictionary(
      fc.constantFrom('EIO', 'transport', 'sid', 't', 'b64', 'room', 'rooms', '__proto__'),
      fc.oneof(fc.constantFrom('4', 'polling', 'websocket', 'constructor'), fc.string()),
    );
    await fc.assert(
      fc.asyncProperty(query, fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'DELETE'), async (fields, method) => {
        const path = `/socket.io/?${new URLSearchParams(fields)}`;
        const { status } = await ask(gateway.url, path, { method });
        expect([200, 204, 400]).toContain(status);
      }),
      { numRuns: 500 },
    );
    await expectNobodyDisturbed();
  });

  test('and what was left behind is let go of', async () => {
    await until(() => gateway.engine.stats().connections === 1);
  });
});
