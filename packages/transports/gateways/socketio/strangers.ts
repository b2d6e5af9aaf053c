import type { SocketIoLimits } from './limits.ts';

/** Connections that nobody has signed in on yet, which Socket.IO allows for a while: how many there may be. */
export class Strangers {
  private readonly limits: SocketIoLimits;
  private readonly addresses = new Map<object, string>();
  private readonly counts = new Map<string, number>();

  constructor(limits: SocketIoLimits) {
    this.limits = limits;
  }

  mayCome(address: string): boolean {
    const { strangers, strangersPerAddress } = this.limits;
    return this.addresses.size < strangers && (this.counts.get(address) ?? 0) < strangersPerAddress;
  }

  came(connection: object, address: string): void {
    this.addresses.set(connection, address);
    this.counts.set(address, (this.counts.get(address) ?? 0) + 1);
  }

  /** Signed in, or gone. More than once does nothing. */
  left(connection: object): void {
    const address = this.addresses.get(connection);
    if (address === undefined) return;
    this.addresses.delete(connection);
    const count = (this.counts.get(address) ?? 1) - 1;
    if (count === 0) this.counts.delete(address);
    else this.counts.set(address, count);
  }
}
