import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../testing/until.ts';
import { type Reason, reasonCodes } from './reason-codes.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { block, bytes, connectPacket, packet, sized } from './testing/packet-bytes.ts';
import type { RawClient } from './testing/raw-client.ts';

let gateway: OpenGateway;
beforeAll(async () => {
  gateway = await OpenGateway.open({ limits: { subscriptions: 5, receiveMaximum: 3 } });
});
afterAll(async () => {
  await gateway.close();
  expect(gateway.reported).toEqual([]);
});

type Version = 4 | 5;
const both: readonly Version[] = [4, 5];
const only4: readonly Version[] = [4];
const only5: readonly Version[] = [5];

interface Case {
  readonly title: string;
  readonly versions: readonly Version[];
  readonly send: (version: Version) => Buffer;
  /** The reason in MQTT 5. */
  readonly reason: Reason;
  /** The return code of CONNACK in MQTT 3.1.1; `undefined`: the connection is closed without a word. */
  readonly returnCode?: number;
}

const row = (
  title: string,
  versions: readonly Version[],
  reason: Reason,
  send: Case['send'] | Buffer,
  returnCode?: number,
): Case => ({
  title,
  versions,
  reason,
  send: typeof send === 'function' ? send : () => send,
  ...(returnCode === undefined ? {} : { returnCode }),
});

const aTopic = sized('rooms/room-1/messages');
const filter = 'rooms/room-1/messages';

/** What comes instead of a CONNECT, or is a wrong one. */
const greetings: readonly Case[] = [
  row('the first packet is PUBLISH', only4, 'protocol-error', packet(0x30, aTopic)),
  row('the first packet is PINGREQ', only4, 'protocol-error', bytes(0xc0, 0)),
  row('the first packet is of no type', only4, 'protocol-error', bytes(0x00, 0)),
  row('the first packet is an HTTP request', only4, 'protocol-error', bytes('GET / HTTP/1.1\r\n\r\n')),
  row('the length has five bytes', only4, 'malformed', bytes(0x10, 0xff, 0xff, 0xff, 0xff, 1)),
  row('the length is not in its shortest form', only4, 'malformed', bytes(0x10, 0x80, 0x00)),
  row('CONNECT is larger than it may be', only4, 'packet-too-large', bytes(0x10, 0xff, 0xff, 0x7f)),
  row('CONNECT is empty', only4, 'malformed', bytes(0x10, 0)),
  row('the protocol has another name', both, 'unsupported-version', (v) => connectPacket(v, { name: 'MQTX' }), 1),
  row(
    'the protocol’s name is in small letters',
    both,
    'unsupported-version',
    (v) => connectPacket(v, { name: 'mqtt' }),
    1,
  ),
  row('it is MQTT 3.1', only4, 'unsupported-version', connectPacket(4, { name: 'MQIsdp', level: 3 }), 1),
  row('the level is not known', only4, 'unsupported-version', connectPacket(4, { level: 6 }), 1),
  row('the level is a bridge’s', only4, 'unsupported-version', connectPacket(4, { level: 0x84 }), 1),
  row('the reserved flag is set', both, 'malformed', (v) => connectPacket(v, { flags: 3 })),
  row('a flag of the fixed header is set', both, 'malformed', (v) => bytes(0x11, connectPacket(v).subarray(1))),
  row('a will has QoS 3', both, 'malformed', (v) =>
    connectPacket(v, { flags: 0x1e, rest: bytes(block(v), aTopic, sized('x')) }),
  ),
  row('there is a will QoS without a will', both, 'malformed', (v) => connectPacket(v, { flags: 0x0a })),
  row('there is a will retain flag without a will', both, 'malformed', (v) => connectPacket(v, { flags: 0x22 })),
  row('the will is missing', both, 'malformed', (v) => connectPacket(v, { flags: 0x06 })),
  row(
    'a will’s topic has a wildcard',
    both,
    'topic-invalid',
    (v) => connectPacket(v, { flags: 0x06, rest: bytes(block(v), sized('rooms/+/messages'), sized('x')) }),
    5,
  ),
  row(
    'a will is for a topic on which nobody may leave one',
    both,
    'topic-invalid',
    (v) => connectPacket(v, { flags: 0x06, rest: bytes(block(v), sized('commands/account.sign-out'), sized('{}')) }),
    5,
  ),
  row(
    'there is a password without a user name',
    only4,
    'malformed',
    connectPacket(4, { flags: 0x42, rest: sized('p') }),
  ),
  row('the user name is missing', both, 'malformed', (v) => connectPacket(v, { flags: 0x82 })),
  row('the user name is not UTF-8', both, 'malformed', (v) =>
    connectPacket(v, { flags: 0x82, rest: sized(bytes(0xff)) }),
  ),
  row('the client id is half of a pair', both, 'malformed', (v) =>
    connectPacket(v, { clientId: bytes(0xed, 0xa0, 0x80) }),
  ),
  row('the client id has U+0000', both, 'malformed', (v) => connectPacket(v, { clientId: 'a\0b' })),
  row(
    'the client id is too long',
    both,
    'client-id-not-valid',
    (v) => connectPacket(v, { clientId: 'x'.repeat(257) }),
    2,
  ),
  row(
    'there is no client id, and a session to keep',
    only4,
    'client-id-not-valid',
    connectPacket(4, { flags: 0, clientId: '' }),
    2,
  ),
  row('something follows the last field', both, 'malformed', (v) => connectPacket(v, { rest: bytes(1) })),
  row('nobody is signed in', both, 'bad-credentials', (v) => connectPacket(v), 4),
  row(
    'the token is not one',
    both,
    'bad-credentials',
    (v) => connectPacket(v, { flags: 0xc2, rest: bytes(sized('token'), sized('x'.repeat(43))) }),
    4,
  ),
  row(
    'the password is wrong',
    both,
    'bad-credentials',
    (v) => connectPacket(v, { flags: 0xc2, rest: bytes(sized('ada'), sized('wrong')) }),
    4,
  ),
  row(
    'a property is there twice',
    only5,
    'protocol-error',
    connectPacket(5, { properties: bytes(0x11, 0, 0, 0, 1, 0x11, 0, 0, 0, 1) }),
  ),
  row('a property is not known', only5, 'malformed', connectPacket(5, { properties: bytes(0x7f, 0) })),
  row('a property belongs to PUBLISH', only5, 'protocol-error', connectPacket(5, { properties: bytes(0x01, 1) })),
  row('a property is longer than all of them', only5, 'malformed', connectPacket(5, { properties: bytes(0x11, 0, 0) })),
  row('Receive Maximum is 0', only5, 'protocol-error', connectPacket(5, { properties: bytes(0x21, 0, 0) })),
  row('Maximum Packet Size is 0', only5, 'protocol-error', connectPacket(5, { properties: bytes(0x27, 0, 0, 0, 0) })),
  row('Request Problem Information is 2', only5, 'protocol-error', connectPacket(5, { properties: bytes(0x17, 2) })),
  row(
    'there is authentication data without a method',
    only5,
    'protocol-error',
    connectPacket(5, { properties: bytes(0x16, sized('x')) }),
  ),
  row(
    'there is an authentication method',
    only5,
    'bad-authentication-method',
    connectPacket(5, { properties: bytes(0x15, sized('SCRAM')) }),
  ),
];

/** What breaks an open connection. */
const violations: readonly Case[] = [
  row('a second CONNECT', both, 'protocol-error', (v) => connectPacket(v)),
  row('a CONNACK', both, 'protocol-error', (v) => packet(0x20, 0, 0, block(v))),
  row('a SUBACK', both, 'protocol-error', (v) => packet(0x90, 0, 1, block(v), 0)),
  row('a PINGRESP', both, 'protocol-error', bytes(0xd0, 0)),
  row('a packet of no type', both, 'malformed', bytes(0x00, 0)),
  row('an AUTH', both, 'protocol-error', bytes(0xf0, 0)),
  row('a PINGREQ with a flag', both, 'malformed', bytes(0xc1, 0)),
  row('a PINGREQ with a body', both, 'malformed', bytes(0xc0, 1, 0)),
  row('a length of five bytes', both, 'malformed', bytes(0x30, 0xff, 0xff, 0xff, 0xff, 0)),
  row('a packet that is too large', both, 'packet-too-large', bytes(0x30, 0xff, 0xff, 0xff, 0x7f)),
  row('a message of QoS 3', both, 'malformed', (v) => packet(0x36, aTopic, 0, 1, block(v), 'x')),
  row('a message of QoS 0 that is a repetition', both, 'malformed', (v) => packet(0x38, aTopic, block(v), 'x')),
  row('a message with packet id 0', both, 'protocol-error', (v) => packet(0x32, aTopic, 0, 0, block(v), 'x')),
  row('a message without a packet id', both, 'malformed', packet(0x32, aTopic)),
  row('a message on an empty topic', only4, 'topic-invalid', packet(0x30, sized(''), 'x')),
  row('a message on an empty topic without an alias', only5, 'protocol-error', packet(0x30, sized(''), 0, 'x')),
  row('a message on a topic alias', only5, 'topic-alias-invalid', packet(0x30, sized(''), block(5, 0x23, 0, 1), 'x')),
  row('a message on +', both, 'topic-invalid', (v) => packet(0x30, sized('rooms/+/messages'), block(v), 'x')),
  row('a message on #', both, 'topic-invalid', (v) => packet(0x30, sized('rooms/#'), block(v), 'x')),
  row('a topic that is not UTF-8', both, 'malformed', (v) => packet(0x30, sized(bytes(0xc0, 0x80)), block(v), 'x')),
  row('a topic with U+0000', both, 'malformed', (v) => packet(0x30, sized('rooms/\0/messages'), block(v), 'x')),
  row('a topic longer than its packet', both, 'malformed', packet(0x30, 0xff, 0xff, 'rooms')),
  row(
    'a message with a subscription identifier',
    only5,
    'protocol-error',
    packet(0x30, aTopic, block(5, 0x0b, 1), 'x'),
  ),
  row(
    'a response topic with a wildcard',
    only5,
    'protocol-error',
    packet(0x30, aTopic, block(5, 0x08, sized('answers/#')), 'x'),
  ),
  row(
    'a content type twice',
    only5,
    'protocol-error',
    packet(0x30, aTopic, block(5, 0x03, sized('a'), 0x03, sized('b')), 'x'),
  ),
  row('a user property that is cut off', only5, 'malformed', packet(0x30, aTopic, block(5, 0x26, sized('a')), 'x')),
  row(
    'more messages than Receive Maximum',
    only5,
    'receive-maximum-exceeded',
    bytes(...[1, 2, 3, 4].map((id) => packet(0x34, aTopic, 0, id, 0, `text ${id}`))),
  ),
  row('a SUBSCRIBE without its flag', both, 'malformed', (v) => packet(0x80, 0, 1, block(v), sized(filter), 0)),
  row('a SUBSCRIBE with packet id 0', both, 'protocol-error', (v) => packet(0x82, 0, 0, block(v), sized(filter), 0)),
  row('a SUBSCRIBE without a filter', both, 'protocol-error', (v) => packet(0x82, 0, 1, block(v))),
  row('a SUBSCRIBE without options', both, 'malformed', (v) => packet(0x82, 0, 1, block(v), sized(filter))),
  row('a subscription of QoS 3', both, 'malformed', (v) => packet(0x82, 0, 1, block(v), sized(filter), 3)),
  row('a reserved subscription option', both, 'malformed', (v) => packet(0x82, 0, 1, block(v), sized(filter), 0x40)),
  row('an option of MQTT 5 in 3.1.1', only4, 'malformed', packet(0x82, 0, 1, sized(filter), 0x04)),
  row('retain handling 3', only5, 'protocol-error', packet(0x82, 0, 1, 0, sized(filter), 0x30)),
  row(
    'No Local on a shared subscription',
    only5,
    'protocol-error',
    packet(0x82, 0, 1, 0, sized(`$share/g/${filter}`), 0x04),
  ),
  row('subscription identifier 0', only5, 'protocol-error', packet(0x82, 0, 1, block(5, 0x0b, 0), sized(filter), 0)),
  row('an UNSUBSCRIBE without its flag', both, 'malformed', (v) => packet(0xa0, 0, 1, block(v), sized(filter))),
  row('an UNSUBSCRIBE without a filter', both, 'protocol-error', (v) => packet(0xa2, 0, 1, block(v))),
  row('a PUBREL without its flag', both, 'malformed', packet(0x60, 0, 1)),
  row('a PUBREL with packet id 0', both, 'protocol-error', packet(0x62, 0, 0)),
  row('a PUBACK with a flag', both, 'malformed', packet(0x42, 0, 1)),
  row('a PUBACK with a reason code in 3.1.1', only4, 'malformed', packet(0x40, 0, 1, 0)),
  row('a PUBACK with a reason that there is not', only5, 'protocol-error', packet(0x40, 0, 1, 0x42)),
  row(
    'a PUBREC with a property that it cannot have',
    only5,
    'protocol-error',
    packet(0x50, 0, 1, 0, block(5, 0x03, sized('a'))),
  ),
  row('a DISCONNECT with a flag', both, 'malformed', bytes(0xe1, 0)),
  row('a DISCONNECT with a body in 3.1.1', only4, 'malformed', packet(0xe0, 0)),
  row('a DISCONNECT with a reason that only servers have', only5, 'protocol-error', packet(0xe0, 0x8b)),
  row(
    'a DISCONNECT that asks to keep a session of none',
    only5,
    'protocol-error',
    packet(0xe0, 0, block(5, 0x11, 0, 0, 0, 9)),
  ),
];

const cases = (rows: readonly Case[]) =>
  rows.flatMap((each) =>
    each.versions.map((version) => [`${each.title} (MQTT level ${version})`, version, each] as const),
  );

/** Somebody else, who must not notice anything. */
async function unharmed(): Promise<RawClient> {
  return gateway.connect({ clientId: 'somebody else' });
}

describe('a CONNECT is refused when', () => {
  test.each(cases(greetings))('%s', async (_, version, { send, reason, returnCode }) => {
    const client = await gateway.knock(version);
    client.sendBytes(send(version));
    await until(() => client.ended);
    const { connack } = client;
    // To a version that is not spoken the answer has the form of 3.1.1, which all can read.
    const isCode = version === 5 && reason !== 'unsupported-version';
    expect(version === 5 ? connack?.reasonCode : connack?.returnCode).toBe(isCode ? reasonCodes[reason] : returnCode);
  });
});

describe('an open connection ends with', () => {
  test.each(cases(violations))('%s', async (_, version, { send, reason }) => {
    const other = await unharmed();
    const client = await gateway.connect({ protocolVersion: version, clientId: 'case' });
    client.sendBytes(send(version));
    await until(() => client.ended);
    const [goodbye] = client.of('disconnect');
    expect(goodbye?.reasonCode).toBe(version === 5 ? reasonCodes[reason] : undefined);
    await other.settles();
    expect(other.ended).toBe(false);
    await other.cut();
  });
});
