import type { Framing, Timers } from '@confab/engine';
import { streamKinds } from '../http/stream-kinds.ts';
import { ConnectionPeer } from './connection-peer.ts';

/** `next` acknowledges all of `frames` when it is asked for; `frames` is JSON texts with commas between them. */
export interface PolledFrames {
  readonly next: number;
  readonly frames: string;
}

type Answer = (polled: PolledFrames) => void;

interface Waiting {
  readonly answer: Answer;
  readonly cancel: () => void;
}

/** A connection whose frames are kept until a poll that comes later acknowledges them. */
export class PolledPeer extends ConnectionPeer {
  readonly framing: Framing = streamKinds.lines.framing;
  private readonly timers: Timers;
  /** The session has ended; what it said last is still to be fetched. */
  private readonly onEnded: () => void;
  private kept: Uint8Array[] = [];
  /** The number of the first write that is kept. */
  private first = 0;
  private bytes = 0;
  private waiting: Waiting | null = null;
  private over = false;

  constructor(address: string, timers: Timers, onEnded: () => void) {
    super(address);
    this.timers = timers;
    this.onEnded = onEnded;
  }

  write(bytes: Uint8Array): void {
    this.kept.push(bytes);
    this.bytes += bytes.length;
    this.wake();
    this.wrote();
  }

  /** What was handed out but not acknowledged counts: an answer may be lost on its way. */
  pendingBytes(): number {
    return this.bytes;
  }

  /** Nothing is written between polls; that there are any is the sign of life. */
  probe(): void {}

  close(): void {
    this.over = true;
    this.wake();
    this.onEnded();
  }

  get isOver(): boolean {
    return this.over;
  }

  /** Whether there is nothing to fetch any more. */
  get isDone(): boolean {
    return this.over && this.kept.length === 0;
  }

  /** Takes everything before `next` as received. False for a number that was never given, or is long acknowledged. */
  acknowledge(next: number): boolean {
    const count = next - this.first;
    if (count < 0 || count > this.kept.length) return false;
    for (const bytes of this.kept.splice(0, count)) this.bytes -= bytes.length;
    this.first = next;
    if (count > 0) this.session?.drained();
    return true;
  }

  /** Answers with what is kept: at once if there is anything, at the latest after `waitMs`. Ends an earlier poll. */
  poll(waitMs: number, answer: Answer): void {
    this.release();
    if (this.kept.length > 0 || this.over || waitMs === 0) {
      answer(this.polled());
    } else {
      this.waiting = { answer, cancel: this.timers.after(waitMs, () => this.release()) };
    }
  }

  /** Whoever waits with this answer is gone. */
  abandon(answer: Answer): void {
    if (this.waiting?.answer !== answer) return;
    this.waiting.cancel();
    this.waiting = null;
  }

  /** Answers whoever waits with nothing. */
  release(): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.cancel();
    waiting?.answer({ next: this.first, frames: '' });
  }

  private wake(): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.cancel();
    waiting?.answer(this.polled());
  }

  private polled(): PolledFrames {
    // JSON text holds no line feed of its own.
    const frames = Buffer.concat(this.kept).toString().trimEnd().replaceAll('\n', ',');
    return { next: this.first + this.kept.length, frames };
  }
}
