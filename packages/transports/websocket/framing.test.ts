import { constants, inflateRawSync } from 'node:zlib';
import type { Framing } from '@confab/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../testing/until.ts';
import { deflateFraming, messageFraming, plainFraming } from './framing.ts';
import { compression } from './limits.ts';
import { type OpenDoor, openDoor } from './testing/open-door.ts';
import { parseFrames } from './testing/raw-client.ts';

const lengths = [0, 1, 124, 125, 126, 127, 128, 1023, 1024, 65_534, 65_535, 65_536, 65_537, 1_048_576];
const texts: [string, string][] = [
  ...lengths.map((length): [string, string] => [
    `${length} characters`,
    'abcdefghij'.repeat(length / 10 + 1).slice(0, length),
  ]),
  ['two-byte characters', 'äöü'.repeat(700)],
  ['three-byte characters', '漢字'.repeat(30_000)],
  ['four-byte characters', '🦉'.repeat(20_000)],
  ['a text whose bytes pass a length boundary that its characters do not', 'é'.repeat(63)],
  [
    'noise that does not compress',
    Array.from({ length: 4000 }, (_, i) => String.fromCharCode(33 + ((i * 7919) % 90))).join(''),
  ],
];

function textIn(framing: Framing, text: string): string {
  const { frames, rest } = parseFrames(Buffer.from(framing.frame(text)));
  const [frame] = frames;
  if (frames.length !== 1 || rest.length > 0 || !frame) throw new Error('not exactly one frame');
  expect(frame).toMatchObject({ fin: true, opcode: 1, masked: false });
  if (frame.rsv === 0) return frame.payload.toString('utf8');
  const tail = Buffer.from([0, 0, 0xff, 0xff]);
  return inflateRawSync(Buffer.concat([frame.payload, tail]), { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
}

describe('frames that we make', () => {
  it.each(texts)('hold %s', (_, text) => {
    expect(textIn(plainFraming, text)).toBe(text);
    expect(textIn(deflateFraming, text)).toBe(text);
  });

  it('use the shortest length field that holds the length (RFC 6455, section 5.2)', () => {
    const headers = [125, 126, 65_535, 65_536].map((length) => plainFraming.frame('x'.repeat(length)).length - length);
    expect(headers).toEqual([2, 4, 4, 10]);
  });

  it('are compressed from a threshold on, and not when very large', () => {
    const isCompressed = (length: number) => ((deflateFraming.frame('x'.repeat(length))[0] ?? 0) & 0x40) !== 0;
    expect(isCompressed(compression.minChars - 1)).toBe(false);
    expect(isCompressed(compression.minChars)).toBe(true);
    expect(isCompressed(compression.maxChars)).toBe(true);
    expect(isCompressed(compression.maxChars + 1)).toBe(false);
  });

  it('are the text and a line feed where ws frames them', () => {
    expect(Buffer.from(messageFraming.frame('ü')).toString()).toBe('ü\n');
  });
});

describe.each([false, true])('a stock client (compression offered: %s)', (perMessageDeflate) => {
  let door: OpenDoor;
  let client: WebSocket;
  const heard: string[] = [];
  beforeAll(async () => {
    door = await openDoor();
    client = new WebSocket(`ws://127.0.0.1:${door.port}/`, { perMessageDeflate, maxPayload: 8 * 1_048_576 });
    client.on('message', (data) => heard.push(String(data)));
    await until(() => door.sessions.length === 1 && client.readyState === WebSocket.OPEN);
  });
  afterAll(async () => {
    client.terminate();
    await door.close();
  });

  it('reads every frame as it was meant, many in one write', async () => {
    const peer = door.sessions[0]?.peer;
    if (!peer) throw new Error('nobody came in');
    expect(peer.framing.name).toBe(perMessageDeflate ? 'websocket-deflate' : 'websocket');
    peer.write(Buffer.concat(texts.map(([, text]) => peer.framing.frame(text))));
    await until(() => heard.length === texts.length);
    expect(heard).toEqual(texts.map(([, text]) => text));
  });

  it('is read in turn', async () => {
    for (const [, text] of texts.filter(([, text]) => Buffer.byteLength(text) < 200_000)) client.send(text);
    const wanted = texts.map(([, text]) => text).filter((text) => Buffer.byteLength(text) < 200_000);
    await until(() => door.sessions[0]?.texts.length === wanted.length);
    expect(door.sessions[0]?.texts).toEqual(wanted);
  });
});
