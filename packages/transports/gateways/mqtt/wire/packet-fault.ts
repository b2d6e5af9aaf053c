import type { Reason } from '../reason-codes.ts';

/** The client broke the protocol: the connection ends with this reason. `rule` is for the client's author. */
export class PacketFault extends Error {
  override readonly name = 'PacketFault';
  readonly reason: Reason;

  constructor(reason: Reason, rule: string) {
    super(rule);
    this.reason = reason;
  }
}
