import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A WebSocket client that can break every rule of RFC 6455: it sends whatever bytes it is told to. */

export interface RawFrame {
  fin: boolean;
  rsv: number;
  opcode: number;
  masked: boolean;
  payload: Buffer;
}

interface FrameOptions {
  fin?: boolean;
  /** The three reserved bits as a number: 4 is RSV1. */
  rsv?: number;
  masked?: boolean;
  /** A length that the header claims instead of the true one. */
  claimedLength?: number;
}

/** A client's frame; correct unless told otherwise. */
export function clientFrame(opcode: number, payload: string | Uint8Array, options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, masked = true } = options;
  const data = Buffer.from(payload as Uint8Array);
  const length = options.claimedLength ?? data.length;
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const mask = masked ? randomBytes(4) : Buffer.alloc(0);
  if (masked) for (let index = 0; index < data.length; index += 1) data[index] = at(data, index) ^ at(mask, index & 3);
  return Buffer.concat([Buffer.from([first]), lengthBytes(length, masked), mask, data]);
}

const at = (bytes: Buffer, index: number): number => bytes[index] ?? 0;

function lengthBytes(length: number, masked: boolean): Buffer {
  const flag = masked ? 0x80 : 0;
  if (length < 126) return Buffer.from([flag | length]);
  if (length < 0x1_0000) return Buffer.from([flag | 126, length >>> 8, length & 0xff]);
  const long = Buffer.alloc(9);
  long[0] = flag | 127;
  long.writeBigUInt64BE(BigInt(length), 1);
  return long;
}

/** Takes whole frames off the front of `bytes`. */
export function parseFrames(bytes: Buffer): { frames: RawFrame[]; rest: Buffer } {
  const frames: RawFrame[] = [];
  let offset = 0;
  while (bytes.length - offset >= 2) {
    const first = at(bytes, offset);
    const second = at(bytes, offset + 1);
    let length = second & 0x7f;
    let start = offset + 2;
    if (length === 126) {
      if (bytes.length < start + 2) break;
      length = bytes.readUInt16BE(start);
      start += 2;
    } else if (length === 127) {
      if (bytes.length < start + 8) break;
      length = Number(bytes.readBigUInt64BE(start));
      start += 8;
    }
    if (bytes.length < start + length) break;
    frames.push({
      fin: (first & 0x80) !== 0,
      rsv: (first >>> 4) & 7,
      opcode: first & 15,
      masked: (second & 0x80) !== 0,
      payload: bytes.subarray(start, start + length),
    });
    offset = start + length;
  }
  return { frames, rest: bytes.subarray(offset) };
}

/** Header fields over those of a correct handshake; `undefined` leaves one out. */
export type RawHeaders = Record<string, string | undefined>;

export class RawClient {
  readonly socket: Socket;
  readonly frames: RawFrame[] = [];
  /** The HTTP answer's head and, of a refusal, its body. */
  response = '';
  upgraded = false;
  ended = false;
  private rest: Buffer = Buffer.alloc(0);
  private polite = false;

  /** `head` is sent in one piece with the request, as by a client that does not wait for the answer. */
  constructor(port: number, headers: RawHeaders = {}, request = 'GET / HTTP/1.1', head: Uint8Array = Buffer.alloc(0)) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setNoDelay(true);
    const lines = Object.entries({ ...handshakeHeaders(port), ...headers })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${value}`);
    this.socket.write(Buffer.concat([Buffer.from(`${request}\r\n${lines.join('\r\n')}\r\n\r\n`), head]));
    this.socket.on('data', (chunk) => this.take(typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.ended = true;
    });
  }

  send(...parts: Uint8Array[]): void {
    this.socket.write(Buffer.concat(parts));
  }

  /** Answers the server's close frame, as RFC 6455, section 5.5.1, wants. */
  sayGoodbyeWhenClosed(): void {
    this.polite = true;
    this.answerClose(this.frames);
  }

  /** Bytes that arrived and are no whole frame. */
  get unparsedBytes(): number {
    return this.rest.length;
  }

  /** The code of the close frame that arrived, 0 for one without, `undefined` for none. */
  get closeCode(): number | undefined {
    const close = this.frames.find((frame) => frame.opcode === 8);
    if (!close) return undefined;
    return close.payload.length >= 2 ? close.payload.readUInt16BE(0) : 0;
  }

  /** One header field of the HTTP answer. */
  header(name: string): string | undefined {
    const line = this.response.split('\r\n').find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return line?.slice(name.length + 1).trim();
  }

  get status(): number {
    return Number(this.response.split(' ')[1] ?? 0);
  }

  private take(chunk: Buffer): void {
    this.rest = Buffer.concat([this.rest, chunk]);
    if (!this.upgraded) {
      const end = this.rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.upgraded = this.rest.toString('latin1', 0, 12) === 'HTTP/1.1 101';
      this.response = this.rest.toString('utf8', 0, this.upgraded ? end : this.rest.length);
      if (!this.upgraded) return;
      this.rest = this.rest.subarray(end + 4);
    }
    const { frames, rest } = parseFrames(this.rest);
    this.frames.push(...frames);
    this.rest = rest;
    this.answerClose(frames);
  }

  private answerClose(frames: RawFrame[]): void {
    const close = frames.find((frame) => frame.opcode === 8);
    if (close && this.polite) this.send(clientFrame(8, close.payload));
  }
}

function handshakeHeaders(port: number): Record<string, string> {
  return {
    Host: `127.0.0.1:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
  };
}
