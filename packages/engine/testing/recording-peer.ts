import type { CloseReason, EventFrame, ReplyFrame, ServerFrame } from '@confab/protocol';
import type { Framing, Peer } from '../transport.ts';

/** Frames as lines, so that what was written can be taken apart again. */
export const lineFraming: Framing = {
  name: 'lines',
  frame: (text) => Buffer.from(`${text}\n`),
};

/** A peer that remembers what was written to it, and reads only when the test lets it. */
export class RecordingPeer implements Peer {
  readonly framing: Framing;
  readonly address: string;
  /** The buffers as they were written, one entry a write. */
  readonly writes: Uint8Array[] = [];
  probes = 0;
  closedWith: CloseReason | null = null;
  /** Set: what is written stays pending until `read()`. */
  paused = false;
  /** Called on close, as a door does in its own time. */
  onClose: () => void = () => {};
  private pending = 0;

  constructor(options: { framing?: Framing; address?: string } = {}) {
    this.framing = options.framing ?? lineFraming;
    this.address = options.address ?? '127.0.0.1';
  }

  write(bytes: Uint8Array): void {
    this.writes.push(bytes);
    if (this.paused) this.pending += bytes.length;
  }

  pendingBytes(): number {
    return this.pending;
  }

  probe(): void {
    this.probes += 1;
  }

  close(reason: CloseReason): void {
    this.closedWith = reason;
    this.onClose();
  }

  /** The other side reads everything that is pending; the test tells the session with `drained()`. */
  read(): void {
    this.pending = 0;
  }

  get frames(): ServerFrame[] {
    const text = Buffer.concat(this.writes).toString();
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ServerFrame);
  }

  get events(): EventFrame[] {
    return this.frames.filter((frame): frame is EventFrame => 'event' in frame);
  }

  reply(id: number): ReplyFrame | undefined {
    return this.frames.find((frame): frame is ReplyFrame => 'reply' in frame && frame.reply === id);
  }

  /** Forgets what was written so far. */
  clear(): void {
    this.writes.length = 0;
  }
}
