const last = 65_535;

/**
 * Packet ids for what the server sends. They go up, and those of one block are only used after it was noted that they
 * may be: so a server that was killed goes on behind them, and never sends something new under an id with which the
 * client may still have an unfinished exchange of QoS 2.
 */
export class PacketIds {
  /** As many ids as are noted at a time. */
  static readonly block = 4_096;
  /** The last id that may be in use. */
  private notedUpTo: number;
  private next: number;
  private leftInBlock: number;

  /** `notedUpTo`: what was noted last, 0 for a new session. `block` ids after it are noted by whoever saves next. */
  constructor(notedUpTo: number) {
    this.next = (notedUpTo % last) + 1;
    this.notedUpTo = blockAfter(notedUpTo);
    this.leftInBlock = PacketIds.block;
  }

  /** What is to be noted before the ids are used. */
  get toNote(): number {
    return this.leftInBlock < PacketIds.block / 2 ? blockAfter(this.notedUpTo) : this.notedUpTo;
  }

  /** Whether it is time to note more. */
  get runsOut(): boolean {
    return this.toNote !== this.notedUpTo;
  }

  noted(upTo: number): void {
    if (upTo === this.notedUpTo) return;
    this.notedUpTo = upTo;
    this.leftInBlock += PacketIds.block;
  }

  /** The next id that `isUsed` does not know, or `undefined` until more are noted. */
  take(isUsed: (id: number) => boolean): number | undefined {
    while (this.leftInBlock > 0) {
      const id = this.next;
      this.next = id === last ? 1 : id + 1;
      this.leftInBlock -= 1;
      if (!isUsed(id)) return id;
    }
    return undefined;
  }
}

function blockAfter(id: number): number {
  return ((id + PacketIds.block - 1) % last) + 1;
}
