/** Gathers what is written in one turn into one write. */
export class GatheredWrites {
  private readonly flushTo: (bytes: Buffer) => void;
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(flushTo: (bytes: Buffer) => void) {
    this.flushTo = flushTo;
  }

  /** Bytes that are not flushed. */
  get size(): number {
    return this.bytes;
  }

  add(piece: Buffer): void {
    if (this.pieces.length === 0) process.nextTick(() => this.flush());
    this.pieces.push(piece);
    this.bytes += piece.length;
  }

  flush(): void {
    const { pieces } = this;
    if (pieces.length === 0) return;
    this.pieces = [];
    this.bytes = 0;
    this.flushTo(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces));
  }
}
