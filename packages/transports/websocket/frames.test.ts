import { deflateRawSync } from 'node:zlib';
import { type CloseReason, closeCodes } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { type OpenDoor, openDoor } from './testing/open-door.ts';
import { clientFrame, type RawClient } from './testing/raw-client.ts';

const frameBytes = 8 * 1024;
let door: OpenDoor;
beforeAll(async () => {
  door = await openDoor({ limits: { frameBytes, fragments: 20 } });
});
// Also checks that each of the connections below was reported gone exactly once.
afterAll(() => door.close());

const compression = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };
const text = 1;
const binary = 2;
const ping = 9;
const pong = 10;
const part = { fin: false };
const bytes = (...values: number[]) => Buffer.from(values);
const compressed = (content: string) => deflateRawSync(content, { finishFlush: 2 }).subarray(0, -4);
const repeated = (frame: Buffer, times: number) => Buffer.concat(Array.from({ length: times }, () => frame));

/** What the client sends, and the texts that the session is handed. */
const sound: [string, () => Buffer[], string[]][] = [
  ['an empty text', () => [clientFrame(text, '')], ['']],
  ...[1, 125, 126, 127, 4095, frameBytes].map((length): [string, () => Buffer[], string[]] => [
    `a text of ${length} bytes`,
    () => [clientFrame(text, 'x'.repeat(length))],
    ['x'.repeat(length)],
  ]),
  ['several frames in one write', () => ['a', 'b', 'c'].map((each) => clientFrame(text, each)), ['a', 'b', 'c']],
  ['two fragments', () => [clientFrame(text, 'con', part), clientFrame(0, 'fab')], ['confab']],
  ['empty fragments', () => [clientFrame(text, '', part), clientFrame(0, '', part), clientFrame(0, 'z')], ['z']],
  [
    'as many fragments as may be',
    () => [clientFrame(text, 'a', part), repeated(clientFrame(0, 'b', part), 18), clientFrame(0, 'c')],
    [`a${'b'.repeat(18)}c`],
  ],
  [
    'fragments that together are as large as may be',
    () => [clientFrame(text, 'a'.repeat(frameBytes / 2), part), clientFrame(0, 'a'.repeat(frameBytes / 2))],
    ['a'.repeat(frameBytes)],
  ],
  [
    'a ping between fragments',
    () => [clientFrame(text, 'a', part), clientFrame(ping, 'p'), clientFrame(0, 'b')],
    ['ab'],
  ],
  [
    'pongs between fragments',
    () => [clientFrame(text, 'a', part), clientFrame(pong, ''), clientFrame(pong, 'x'), clientFrame(0, 'b')],
    ['ab'],
  ],
  [
    'a character split between fragments',
    () => [clientFrame(text, bytes(0xf0, 0x9f), part), clientFrame(0, bytes(0xa6, 0x89))],
    ['🦉'],
  ],
  ['characters of two, three and four bytes', () => [clientFrame(text, 'é漢🦉')], ['é漢🦉']],
  ['the last code point', () => [clientFrame(text, bytes(0xf4, 0x8f, 0xbf, 0xbf))], ['\u{10ffff}']],
  ['a byte order mark, which stays', () => [clientFrame(text, bytes(0xef, 0xbb, 0xbf, 0x61))], ['\ufeffa']],
  ['a mask of zeros', () => [bytes(0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69)], ['hi']],
  ['a length in more bytes than it needs', () => [bytes(0x81, 0xfe, 0, 2, 0, 0, 0, 0, 0x68, 0x69)], ['hi']],
  ['a ping of 125 bytes', () => [clientFrame(ping, 'p'.repeat(125)), clientFrame(text, 'after')], ['after']],
  ['several lines in one message, as they are [F3]', () => [clientFrame(text, '{}\n{}')], ['{}\n{}']],
];

const soundCompressed: typeof sound = [
  ['a compressed text', () => [clientFrame(text, compressed('hello '.repeat(90)), { rsv: 4 })], ['hello '.repeat(90)]],
  ['an empty compressed text', () => [clientFrame(text, bytes(0), { rsv: 4 })], ['']],
  ['a text that is not compressed although it could be', () => [clientFrame(text, 'plain')], ['plain']],
  [
    'compressed and plain in turn',
    () => [
      clientFrame(text, compressed('one'), { rsv: 4 }),
      clientFrame(text, 'two'),
      clientFrame(text, compressed('three'), { rsv: 4 }),
    ],
    ['one', 'two', 'three'],
  ],
  [
    'a compressed text in fragments, marked on the first only',
    () => {
      const whole = compressed('fragment '.repeat(40));
      return [
        clientFrame(text, whole.subarray(0, 5), { rsv: 4, fin: false }),
        clientFrame(ping, ''),
        clientFrame(0, whole.subarray(5)),
      ];
    },
    ['fragment '.repeat(40)],
  ],
  [
    'a compressed text as large as may be',
    () => [clientFrame(text, compressed('y'.repeat(frameBytes)), { rsv: 4 })],
    ['y'.repeat(frameBytes)],
  ],
];

/** What the client sends, and why its connection ends. */
const broken: [string, () => Buffer[], CloseReason][] = [
  ['a continuation of nothing', () => [clientFrame(0, 'x')], 'malformed'],
  [
    'a continuation after the end',
    () => [clientFrame(text, 'x', part), clientFrame(0, 'y'), clientFrame(0, 'z')],
    'malformed',
  ],
  ['a new text between fragments', () => [clientFrame(text, 'x', part), clientFrame(text, 'y')], 'malformed'],
  ['a text without a mask', () => [clientFrame(text, 'x', { masked: false })], 'malformed'],
  ['a ping without a mask', () => [clientFrame(ping, '', { masked: false })], 'malformed'],
  ...[1, 2, 3].map((rsv): [string, () => Buffer[], CloseReason] => [
    `reserved bits ${rsv}`,
    () => [clientFrame(text, 'x', { rsv })],
    'malformed',
  ]),
  ['the compression bit without compression', () => [clientFrame(text, compressed('x'), { rsv: 4 })], 'malformed'],
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): [string, () => Buffer[], CloseReason] => [
    `the reserved opcode ${opcode}`,
    () => [clientFrame(opcode, 'x')],
    'malformed',
  ]),
  ['a ping of 126 bytes', () => [clientFrame(ping, 'p'.repeat(126))], 'malformed'],
  ['a pong of 126 bytes', () => [clientFrame(pong, 'p'.repeat(126))], 'malformed'],
  ['a close frame of 126 bytes', () => [clientFrame(8, 'p'.repeat(126))], 'malformed'],
  ['a ping in fragments', () => [clientFrame(ping, 'p', part)], 'malformed'],
  ['a close frame in fragments', () => [clientFrame(8, bytes(3, 232), part)], 'malformed'],
  ['a byte that begins nothing', () => [clientFrame(text, bytes(0x80))], 'malformed'],
  ['a character that is cut off', () => [clientFrame(text, bytes(0x61, 0xe6, 0xbc))], 'malformed'],
  ['half of a surrogate pair', () => [clientFrame(text, bytes(0xed, 0xa0, 0x80))], 'malformed'],
  ['a code point past the last', () => [clientFrame(text, bytes(0xf4, 0x90, 0x80, 0x80))], 'malformed'],
  ['a character in more bytes than it needs', () => [clientFrame(text, bytes(0xc0, 0xaf))], 'malformed'],
  [
    'a character that the next fragment does not finish',
    () => [clientFrame(text, bytes(0xf0, 0x9f), part), clientFrame(0, bytes(0x61))],
    'malformed',
  ],
  ['a binary message', () => [clientFrame(binary, '{}')], 'malformed'],
  ['a binary message in fragments', () => [clientFrame(binary, '{', part), clientFrame(0, '}')], 'malformed'],
  [
    'more fragments than may be',
    () => [clientFrame(text, 'a', part), repeated(clientFrame(0, 'b', part), 20)],
    'malformed',
  ],
  [
    'fragments without any content, without end',
    () => [clientFrame(text, '', part), repeated(clientFrame(0, '', part), 20)],
    'malformed',
  ],
  ['a text one byte too large', () => [clientFrame(text, 'x'.repeat(frameBytes + 1))], 'frame-too-large'],
  [
    'the head of a text too large, before its content',
    () => [clientFrame(text, '', { claimedLength: frameBytes + 1 })],
    'frame-too-large',
  ],
  ['a claim of 4 GiB', () => [clientFrame(text, '', { claimedLength: 2 ** 32 })], 'frame-too-large'],
  [
    'a claim of more than a number can hold',
    () => [clientFrame(text, '', { claimedLength: 2 ** 60 })],
    'frame-too-large',
  ],
  [
    'fragments that together are too large',
    () => [clientFrame(text, 'x'.repeat(frameBytes), part), clientFrame(0, 'x')],
    'frame-too-large',
  ],
  ['a binary message too large', () => [clientFrame(binary, 'x'.repeat(frameBytes + 1))], 'frame-too-large'],
];

const brokenCompressed: typeof broken = [
  [
    'a compressed text that inflates to one byte too many',
    () => [clientFrame(text, compressed('y'.repeat(frameBytes + 1)), { rsv: 4 })],
    'frame-too-large',
  ],
  [
    'a compression bomb',
    () => [clientFrame(text, compressed('\0'.repeat(7 * 1024 * 1024)).subarray(0, frameBytes), { rsv: 4 })],
    'frame-too-large',
  ],
  [
    'a compression bomb in fragments',
    () => {
      const bomb = compressed('\0'.repeat(2 * 1024 * 1024));
      return [clientFrame(text, bomb.subarray(0, 1000), { rsv: 4, fin: false }), clientFrame(0, bomb.subarray(1000))];
    },
    'frame-too-large',
  ],
  ['bytes that do not inflate', () => [clientFrame(text, bytes(0xff, 0xff, 0xff, 0xff), { rsv: 4 })], 'malformed'],
  [
    'a compressed text that is no UTF-8',
    () => [clientFrame(text, deflateRawSync(bytes(0xc0, 0xaf), { finishFlush: 2 }).subarray(0, -4), { rsv: 4 })],
    'malformed',
  ],
  ['a compressed ping', () => [clientFrame(ping, compressed('x'), { rsv: 4 })], 'malformed'],
  [
    'the compression bit on a continuation',
    () => [clientFrame(text, 'x', { rsv: 4, fin: false }), clientFrame(0, 'y', { rsv: 4 })],
    'malformed',
  ],
  ['the compression bit together with another', () => [clientFrame(text, compressed('x'), { rsv: 6 })], 'malformed'],
];

const kinds = [
  ['without compression', {}, sound, broken],
  [
    'with compression',
    compression,
    [...sound, ...soundCompressed],
    [...broken.filter(([name]) => !name.startsWith('the compression bit')), ...brokenCompressed],
  ],
] as const;

/** That the door says why before it closes ([H6]), closes with our code, and writes nothing after. */
async function expectEnd(client: RawClient, reason: CloseReason): Promise<void> {
  await until(() => client.ended);
  const data = client.frames.filter((frame) => frame.opcode === text).map((frame) => String(frame.payload));
  expect(data).toEqual([`closing ${reason}`]);
  expect(client.closeCode).toBe(closeCodes[reason].code);
  expect(client.frames.at(-1)?.payload.toString('utf8', 2)).toBe(reason);
  expect(client.frames.filter((frame) => frame.opcode === 8)).toHaveLength(1);
  expect(client.unparsedBytes).toBe(0);
}

describe.each(kinds)('frames %s', (_, headers, soundCases, brokenCases) => {
  it.each(soundCases)('%s: is understood', async (_name, frames, wanted) => {
    const { client, session } = await door.connect(headers);
    client.send(...frames());
    await until(() => session.texts.length >= wanted.length);
    expect(session.texts).toEqual(wanted);
    // The connection goes on.
    client.send(clientFrame(text, 'still here'));
    await until(() => session.texts.length > wanted.length);
    expect(session.violations).toEqual([]);
    client.socket.end();
    await until(() => session.closes === 1);
  });

  it('in pieces of one byte are understood', async () => {
    const { client, session } = await door.connect(headers);
    for (const byte of clientFrame(text, 'drop by drop')) client.send(bytes(byte));
    await until(() => session.texts.length === 1);
    expect(session.texts).toEqual(['drop by drop']);
  });

  it.each(brokenCases)('%s: ends the connection', async (_name, frames, reason) => {
    const { client, session } = await door.connect(headers);
    client.send(clientFrame(text, 'before'), ...frames(), clientFrame(text, 'after'));
    // A message that is merely binary does not end the reading, so this client says goodbye by itself.
    client.sayGoodbyeWhenClosed();
    await expectEnd(client, reason);
    expect(session.violations).toEqual([reason]);
    expect(session.texts[0]).toBe('before');
    await until(() => session.closes === 1);
  });
});
