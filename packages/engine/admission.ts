import type { CloseReason, ReconnectWindow } from '@confab/protocol';
import { Gate } from './gate.ts';
import type { EngineLimits } from './limits.ts';
import { TokenBucket } from './rate-limit.ts';

interface AddressUse {
  connections: number;
  readonly bucket: TokenBucket;
}

/** Who may come in now, and when the others should come back. */
export class Admission {
  connections = 0;
  /** Lets nobody in. `in turn`: connections are sent to other nodes one after the other and need not spread themselves. */
  draining: 'no' | 'at once' | 'in turn' = 'no';
  /** Authenticating, in turn. */
  readonly authentications: Gate;
  private readonly limits: EngineLimits;
  private readonly monotonic: () => number;
  private readonly addresses = new Map<string, AddressUse>();

  constructor(limits: EngineLimits, monotonic: () => number) {
    this.limits = limits;
    this.monotonic = monotonic;
    this.authentications = new Gate(limits.authentications, limits.authenticationsWaiting);
  }

  /** Takes one of the address's connections a second when it lets it in, so it is asked once per connection. */
  refuses(address: string): CloseReason | undefined {
    if (this.draining !== 'no') return 'draining';
    if (this.connections >= this.limits.connections) return 'too-many-connections';
    if (this.authentications.waitingCount >= this.limits.authenticationsWaiting) return 'overloaded';
    if (isLoopback(address)) return undefined;
    const use = this.useOf(address);
    if (use.connections >= this.limits.connectionsPerAddress) return 'too-many-connections';
    if (!use.bucket.take(this.monotonic(), this.limits.acceptsPerSecond, this.limits.acceptsBurst)) return 'overloaded';
    return undefined;
  }

  entered(address: string): void {
    this.connections += 1;
    if (!isLoopback(address)) this.useOf(address).connections += 1;
  }

  left(address: string): void {
    this.connections -= 1;
    const use = this.addresses.get(address);
    if (use !== undefined) use.connections -= 1;
  }

  /** Wide enough that all connections of this node could come back within it ([H6]). */
  reconnectWindow(): ReconnectWindow {
    const { reconnectMinMs, reconnectSpreadMs, reconnectMaxMs, welcomesPerSecond, drainWindowMs } = this.limits;
    if (this.draining === 'in turn') return { minMs: reconnectMinMs, maxMs: reconnectMinMs + drainWindowMs };
    const spreadMs = Math.max(reconnectSpreadMs, Math.ceil((this.connections / welcomesPerSecond) * 1_000));
    return { minMs: reconnectMinMs, maxMs: Math.min(reconnectMaxMs, reconnectMinMs + spreadMs) };
  }

  private useOf(address: string): AddressUse {
    let use = this.addresses.get(address);
    if (use === undefined) {
      if (this.addresses.size >= this.limits.addresses) this.forgetQuiet();
      use = { connections: 0, bucket: new TokenBucket(this.limits.acceptsBurst, this.monotonic()) };
      this.addresses.set(address, use);
    }
    return use;
  }

  /** Addresses without connections go first in the order of their arrival, a tenth of them at a time. */
  private forgetQuiet(): void {
    let toForget = Math.ceil(this.limits.addresses / 10);
    for (const [address, use] of this.addresses) {
      if (toForget === 0) return;
      if (use.connections > 0) continue;
      this.addresses.delete(address);
      toForget -= 1;
    }
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
