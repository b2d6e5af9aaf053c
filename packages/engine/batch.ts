import type { Frame } from './frame.ts';
import { Framed } from './framed.ts';
import type { Framing } from './transport.ts';

const noBytes = new Uint8Array(0);

/**
 * What waits for a connection in this tick, as a chain that ends in the last frame. Connections that wait for the same
 * frames hold the same batch, because a batch remembers the one that followed it: so the bytes of ten events to five
 * thousand connections are put together once.
 */
export class Batch extends Framed {
  readonly previous: Batch | null;
  readonly frame: Frame | null;
  readonly length: number;
  /** Characters of the frames' text. */
  readonly chars: number;
  private next: Batch | null = null;

  constructor(previous: Batch | null, frame: Frame | null) {
    super();
    this.previous = previous;
    this.frame = frame;
    this.length = previous === null ? 0 : previous.length + 1;
    this.chars = (previous?.chars ?? 0) + (frame?.text.length ?? 0);
  }

  /** One memory is enough: all listeners of a frame move on in one loop, before any other frame is handed out. */
  followedBy(frame: Frame): Batch {
    if (this.next !== null && this.next.frame === frame) return this.next;
    this.next = new Batch(this, frame);
    return this.next;
  }

  /** Lets go of what followed, so that an old tick's frames are not kept. */
  forget(): void {
    this.next = null;
  }

  protected make(framing: Framing): Uint8Array {
    if (this.frame === null) return noBytes;
    if (this.length === 1) return this.frame.bytes(framing);
    const parts = new Array<Uint8Array>(this.length);
    let total = 0;
    let index = this.length;
    for (let batch: Batch | null = this; batch?.frame; batch = batch.previous) {
      const bytes = batch.frame.bytes(framing);
      index -= 1;
      parts[index] = bytes;
      total += bytes.length;
    }
    return Buffer.concat(parts, total);
  }
}
