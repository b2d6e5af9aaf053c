import type { ServerResponse } from 'node:http';
import type { Random, Timers } from '@confab/engine';
import type { CloseReason, ReconnectWindow } from '@confab/protocol';
import { ResponseStream } from '../http/response-stream.ts';
import { type StreamKind, streamKinds } from '../http/stream-kinds.ts';
import type { SharedEvent } from '../session/index.ts';
import type { EventsSink, FollowedEvents } from './followed-events.ts';
import { writeRoomCursor } from './stream-cursor.ts';

/** How events and the cursors that go with them are written. */
interface Notation {
  readonly kind: StreamKind;
  /** What a client does with a cursor by itself. */
  cursor(text: string): string;
  /** When to come back. */
  retry(ms: number): string;
  /** Whether a block carries its cursor itself, so that even half a write leaves an exact one behind. */
  readonly inEachEvent: boolean;
}

const notations: Readonly<Record<'sse' | 'lines', Notation>> = {
  sse: {
    kind: streamKinds.sse,
    // A block without data sets the last event id and dispatches nothing (HTML Standard, section 9.2.6).
    cursor: (text) => `id: ${text}\n\n`,
    retry: (ms) => `retry: ${ms}\n\n`,
    inEachEvent: true,
  },
  lines: {
    kind: streamKinds.lines,
    cursor: (text) => `${JSON.stringify({ cursor: text })}\n`,
    retry: () => '',
    inEachEvent: false,
  },
};

interface StreamParts {
  readonly random: Pick<Random, 'fraction'>;
  readonly timers: Timers;
}

/** For those who are not let in now: there is no welcome that would tell them a window. */
const notNowWindow: ReconnectWindow = { minMs: 1_000, maxMs: 5_000 };

const isLogged = ({ frame }: SharedEvent): boolean => 'seq' in frame || frame.event === 'log.closed';

/** One person's events as they happen. What one turn of the event loop brings is one write. */
export class EventStream implements EventsSink {
  private readonly notation: Notation;
  private readonly parts: StreamParts;
  private readonly pending: Uint8Array[] = [];
  private pendingLength = 0;
  private scheduled = false;
  private cursorIsTold = true;
  private followed: FollowedEvents | null = null;
  private out: ResponseStream | null = null;

  constructor(manner: 'sse' | 'lines', parts: StreamParts) {
    this.notation = notations[manner];
    this.parts = parts;
  }

  /** Begins the answer, and follows. */
  async begin(response: ServerResponse, followed: FollowedEvents): Promise<void> {
    const { session } = followed;
    this.followed = followed;
    const handlers = { drained: () => session.drained(), alive: () => session.heard() };
    this.out = new ResponseStream(response, this.notation.kind, handlers, this.parts.timers);
    this.tellRetry(session.welcome?.reconnect ?? null);
    this.put(this.notation.cursor(followed.cursor()));
    const error = await followed.start();
    // It comes back with its cursor.
    if (error !== undefined) session.violated('overloaded');
  }

  /** An answer that only says when to come back: a client that retries by itself gives up at any error's status. */
  static notNow(response: ServerResponse, reason: CloseReason, parts: StreamParts): void {
    const stream = new EventStream('sse', parts);
    stream.out = new ResponseStream(response, streamKinds.sse, { drained() {}, alive() {} }, parts.timers);
    stream.ended(reason, notNowWindow);
  }

  pendingBytes(): number {
    return this.pendingLength + (this.out?.pendingBytes() ?? 0);
  }

  probe(): void {
    this.out?.probe(this.notation.kind.heartbeat);
  }

  event(event: SharedEvent): void {
    const { notation, followed } = this;
    if (followed === null) return;
    if (!notation.inEachEvent || !isLogged(event)) {
      this.cursorIsTold &&= !isLogged(event);
      this.putBytes(event.once(notation, ({ text }) => notation.kind.framing.frame(text)));
    } else if (followed.singleRoom !== undefined && 'seq' in event.frame) {
      this.putBytes(event.once(singleRoomKey, singleRoomBlock));
    } else {
      this.putBytes(event.once(openBlockKey, ({ text }) => Buffer.from(`data: ${text}\n`)));
      this.put(notation.cursor(followed.cursor()));
    }
  }

  ended(reason: CloseReason, reconnect: ReconnectWindow | null): void {
    if (reconnect !== null) this.tellRetry(reconnect);
    this.flush();
    const closing = JSON.stringify({ event: 'connection.closing', data: { reason, reconnect } });
    this.out?.write(this.notation.kind.framing.frame(closing));
    this.out?.end();
  }

  private tellRetry(window: ReconnectWindow | null): void {
    if (window === null) return;
    const { minMs, maxMs } = window;
    this.put(this.notation.retry(Math.round(minMs + (maxMs - minMs) * this.parts.random.fraction())));
  }

  private put(text: string): void {
    if (text !== '') this.putBytes(Buffer.from(text));
  }

  private putBytes(bytes: Uint8Array): void {
    this.pending.push(bytes);
    this.pendingLength += bytes.length;
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    if (!this.cursorIsTold && this.followed !== null) {
      this.cursorIsTold = true;
      this.pending.push(Buffer.from(this.notation.cursor(this.followed.cursor())));
    }
    const [first, ...others] = this.pending.splice(0);
    this.pendingLength = 0;
    if (first === undefined || this.out === null) return;
    const hasRoom = this.out.write(others.length === 0 ? first : Buffer.concat([first, ...others]));
    // Nothing else would say so when the network took it at once.
    if (hasRoom) this.followed?.session.drained();
  }
}

const singleRoomKey = {};
const openBlockKey = {};

/** With its own position as its id: the same bytes for all who listen to this room alone. */
function singleRoomBlock({ frame, text }: SharedEvent): Uint8Array {
  const id = 'seq' in frame ? `id: ${writeRoomCursor(frame)}\n` : '';
  return Buffer.from(`data: ${text}\n${id}\n`);
}
