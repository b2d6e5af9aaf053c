/** Whoever has a session now. */
export interface Holder {
  /** Gives the session up, because its client connects anew; resolves when everything is saved. */
  giveUp(): Promise<void>;
}

/** Which connection has which session: one at a time ([MQTT-3.1.4-3]). */
export class LiveSessions {
  private readonly holders = new Map<string, Holder>();

  /** Takes a session over; resolves when nobody else has it. */
  async claim(key: string, holder: Holder): Promise<void> {
    for (let current = this.holders.get(key); current !== undefined; current = this.holders.get(key)) {
      await current.giveUp();
      if (this.holders.get(key) === current) this.holders.delete(key);
    }
    this.holders.set(key, holder);
  }

  release(key: string, holder: Holder): void {
    if (this.holders.get(key) === holder) this.holders.delete(key);
  }
}
