interface SlotRange {
  readonly from: number;
  readonly to: number;
  readonly master: { readonly host: string; readonly port: number };
}

/**
 * Notices that slots of a cluster have gone to other masters since the link was opened. A master ends the
 * subscriptions of a slot that it gives away by a word of its own, which the client library takes for the answer to a
 * ping that waits just then: the channel would be heard no more, and nobody would know.
 */
export class SlotWatch {
  #owners: string;
  #moved = false;

  constructor(slots: readonly SlotRange[]) {
    this.#owners = ownersOf(slots);
  }

  /** @throws an `Error` when slots have moved and, since the last look, no further ones: a move takes its time. */
  look(slots: readonly SlotRange[]): void {
    const owners = ownersOf(slots);
    if (owners !== this.#owners) this.#moved = true;
    else if (this.#moved) throw new Error('slots of the cluster have gone to other masters');
    this.#owners = owners;
  }
}

function ownersOf(slots: readonly SlotRange[]): string {
  return slots
    .map(({ from, to, master }) => `${String(from).padStart(5, '0')}-${to} ${master.host}:${master.port}`)
    .sort()
    .join();
}
