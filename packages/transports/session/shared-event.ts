import type { Framing } from '@confab/engine';
import type { EventFrame, ReplyFrame } from '@confab/protocol';

/** An event on its way to foreign clients. One object for all sessions that get it in the same moment. */
export class SharedEvent {
  readonly frame: EventFrame;
  /** The frame as our own clients get it. */
  readonly text: string;
  private made: Map<object, unknown> | null = null;

  constructor(frame: EventFrame, text: string) {
    this.frame = frame;
    this.text = text;
  }

  /** What `make` made of it, made once per `key`: a translation that is the same for every client of a kind. */
  once<T>(key: object, make: (event: SharedEvent) => T): T {
    this.made ??= new Map();
    let value = this.made.get(key) as T | undefined;
    if (value === undefined) {
      value = make(this);
      this.made.set(key, value);
    }
    return value;
  }
}

export type ReceivedFrame = ReplyFrame | SharedEvent;

/** Frames as lines, to be read again by `framesOf`. */
export const gatewayFraming: Framing = { name: 'gateway', frame: (text) => Buffer.from(`${text}\n`) };

const decoded = new WeakMap<Uint8Array, readonly ReceivedFrame[]>();

/** The frames of one write. Connections that share the buffer share them, so an event is decoded once for all. */
export function framesOf(bytes: Uint8Array): readonly ReceivedFrame[] {
  let frames = decoded.get(bytes);
  if (frames === undefined) {
    const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().split('\n');
    frames = lines.filter((line) => line !== '').map(decode);
    decoded.set(bytes, frames);
  }
  return frames;
}

function decode(text: string): ReceivedFrame {
  const frame = JSON.parse(text) as ReplyFrame | EventFrame;
  return 'reply' in frame ? frame : new SharedEvent(frame, text);
}
