import type { Framing } from './transport.ts';

/**
 * Something whose bytes are made once per framing and then shared by every connection of that kind. Nearly always
 * there is one kind, so the first has a place of its own and a map appears only for more.
 */
export abstract class Framed {
  private framing: Framing | null = null;
  private framed: Uint8Array | null = null;
  private others: Map<Framing, Uint8Array> | null = null;

  bytes(framing: Framing): Uint8Array {
    if (this.framing === framing && this.framed !== null) return this.framed;
    return this.otherBytes(framing);
  }

  protected abstract make(framing: Framing): Uint8Array;

  private otherBytes(framing: Framing): Uint8Array {
    const known = this.others?.get(framing);
    if (known) return known;
    const made = this.make(framing);
    if (this.framing === null) {
      this.framing = framing;
      this.framed = made;
    } else {
      this.others ??= new Map();
      this.others.set(framing, made);
    }
    return made;
  }
}
