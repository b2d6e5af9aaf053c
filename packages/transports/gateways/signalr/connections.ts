import { type ConnectionParts, HubConnection, type Negotiated } from './hub-connection.ts';

/** All connections of a gateway, from their negotiation on. */
export class Connections {
  private readonly parts: ConnectionParts;
  private readonly byToken = new Map<string, HubConnection>();
  private readonly all = new Set<HubConnection>();
  private readonly waiting = new Set<HubConnection>();
  /** How many of those that wait belong to one session's token, by its hash. */
  private readonly waitingOf = new Map<string, number>();
  private cancelLook: (() => void) | null = null;

  constructor(parts: ConnectionParts) {
    this.parts = parts;
  }

  /** Whether one more may wait for its transport. */
  hasRoomFor(tokenHash: Buffer): boolean {
    const { waiting, waitingPerToken } = this.parts.limits;
    return this.waiting.size < waiting && (this.waitingOf.get(tokenHash.toString('hex')) ?? 0) < waitingPerToken;
  }

  add(negotiated: Negotiated): HubConnection {
    const connection = new HubConnection(this.parts, negotiated, {
      onBegun: () => this.begun(connection),
      onOver: () => this.byToken.delete(negotiated.connectionToken),
      onGone: () => this.all.delete(connection),
    });
    this.byToken.set(negotiated.connectionToken, connection);
    this.all.add(connection);
    this.waiting.add(connection);
    this.count(connection, 1);
    this.cancelLook ??= this.lookAgain();
    return connection;
  }

  /** The connection of a client's secret, if the asker is who negotiated it. */
  find(connectionToken: string, tokenHash: Buffer): HubConnection | undefined {
    const connection = this.byToken.get(connectionToken);
    return connection?.belongsTo(tokenHash) === true ? connection : undefined;
  }

  close(): void {
    this.cancelLook?.();
    for (const connection of [...this.all]) connection.end();
  }

  private begun(connection: HubConnection): void {
    if (this.waiting.delete(connection)) this.count(connection, -1);
  }

  private count({ negotiated }: HubConnection, by: 1 | -1): void {
    const key = negotiated.tokenHash.toString('hex');
    const count = (this.waitingOf.get(key) ?? 0) + by;
    if (count > 0) this.waitingOf.set(key, count);
    else this.waitingOf.delete(key);
  }

  private lookAgain(): () => void {
    const { timers, clock, limits } = this.parts;
    return timers.after(limits.sweepMs, () => {
      const nowMs = clock.monotonic();
      for (const connection of [...this.all]) connection.look(nowMs);
      this.cancelLook = this.all.size > 0 ? this.lookAgain() : null;
    });
  }
}
