import { parser } from 'mqtt-packet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { block, bytes, connectPacket, packet, sized } from './testing/packet-bytes.ts';
import type { RawClient } from './testing/raw-client.ts';
import { announcedVersion, checkPacket, isConnect } from './wire/check-packet.ts';
import { Codec } from './wire/codec.ts';
import { PacketFault } from './wire/packet-fault.ts';
import { PacketFramer } from './wire/packet-framer.ts';

const seed = 1;
const rounds = 20_000;

/** The same numbers every time (a linear congruential generator). */
function numbers(): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const topic = sized('rooms/room-1/messages');

/** Correct packets of every kind, to begin with. */
const samples = ([4, 5] as const).flatMap((version) => [
  connectPacket(version),
  connectPacket(version, {
    flags: 0xce,
    rest: bytes(block(version), topic, sized('gone'), sized('token'), sized('x'.repeat(43))),
  }),
  packet(0x30, topic, block(version, 0x03, sized('text/plain'), 0x26, sized('a'), sized('b')), 'hello'),
  packet(0x34, topic, 0, 9, block(version), '{"text":"a"}'),
  packet(0x40, 0, 1),
  packet(0x50, 0, 1, ...(version === 5 ? [0, 0] : [])),
  packet(0x62, 0, 1),
  packet(0x82, 0, 3, block(version, 0x0b, 7), sized('rooms/#'), 1, sized('#'), 2),
  packet(0xa2, 0, 4, block(version), sized('rooms/#')),
  bytes(0xc0, 0),
]);

function mutated(sample: Buffer, random: (below: number) => number): Buffer {
  const copy = Buffer.from(sample);
  for (let changes = random(4); changes >= 0; changes -= 1) {
    const at = random(copy.length);
    copy[at] = random(2) === 0 ? random(256) : (copy[at] ?? 0) ^ (1 << random(8));
  }
  const cut = random(6) === 0 ? copy.subarray(0, random(copy.length)) : copy;
  return random(8) === 0 ? Buffer.concat([cut, Buffer.from([random(256), random(256)])]) : cut;
}

describe('whatever arrives', () => {
  test('is a packet or a fault, never another error, however it is cut into pieces', () => {
    const random = numbers();
    const codec = new Codec();
    let faults = 0;
    let packets = 0;
    for (let round = 0; round < rounds; round += 1) {
      const framer = new PacketFramer(10_000);
      const bytes = mutated(samples[random(samples.length)] ?? Buffer.alloc(0), random);
      const cut = random(bytes.length + 1);
      try {
        for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
          framer.push(piece);
          for (let framed = framer.next(); framed !== undefined; framed = framer.next()) {
            codec.decode(framed, random(2) === 0 ? 4 : 5);
            packets += 1;
          }
        }
      } catch (error) {
        expect(error).toBeInstanceOf(PacketFault);
        faults += 1;
      }
    }
    expect(faults).toBeGreaterThan(rounds / 10);
    expect(packets).toBeGreaterThan(rounds / 10);
  });

  test('and passes our check is read by the codec', () => {
    const random = numbers();
    for (let round = 0; round < rounds; round += 1) {
      const bytes = mutated(samples[random(samples.length)] ?? Buffer.alloc(0), random);
      const version = random(2) === 0 ? 4 : 5;
      const framer = new PacketFramer(10_000);
      framer.push(bytes);
      try {
        const framed = framer.next();
        if (framed === undefined) continue;
        if (isConnect(framed.bytes[0] ?? 0) && announcedVersion(framed.bytes, framed.bodyAt) !== version) continue;
        checkPacket(framed.bytes, framed.bodyAt, version);
        const read: object[] = [];
        const reader = parser({ protocolVersion: version });
        reader.on('packet', (each) => read.push(each));
        reader.on('error', (error) => expect.unreachable(`${error} ${framed.bytes.toString('hex')}`));
        reader.parse(framed.bytes);
        expect(read).toHaveLength(1);
      } catch (error) {
        if (!(error instanceof PacketFault)) throw error;
      }
    }
  });
});

describe('on the network', () => {
  let gateway: OpenGateway;
  let witness: RawClient;
  beforeAll(async () => {
    gateway = await OpenGateway.open({ limits: { packetsPerSecond: 1e6, packetsBurst: 1e6 } });
    witness = await gateway.connect({ clientId: 'witness' });
    await witness.subscribe('rooms/room-2/messages');
  });
  afterAll(() => gateway.close());

  test('thousands of broken packets disturb nobody else, and are no bug of the server’s', async () => {
    const random = numbers();
    for (let round = 0; round < 300; round += 1) {
      const version = random(2) === 0 ? 4 : 5;
      const client =
        random(3) === 0
          ? await gateway.knock(version)
          : await gateway.connect({ protocolVersion: version, clientId: `fuzz ${random(5)}` });
      for (let count = 0; count < 10; count += 1) {
        client.sendBytes(mutated(samples[random(samples.length)] ?? Buffer.alloc(0), random));
      }
      if (random(2) === 0) await client.cut();
      else client.socket.end();
      await until(() => client.ended);
    }
    gateway.post(2, 'still here');
    await witness.sees('still here');
    expect(gateway.reported).toEqual([]);
  });
});
