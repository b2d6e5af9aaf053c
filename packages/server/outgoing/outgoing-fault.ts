/** Why nothing came back from outside. */
export type OutgoingReason =
  /** Not http or https, another port than the usual ones, or with a name and password in it. */
  | 'address-form'
  /** It leads to this machine, a private network or another place that is not the public one. */
  | 'not-public'
  /** Nobody knows the name. */
  | 'unknown-host'
  /** It was sent on too often. */
  | 'too-many-redirects'
  | 'too-slow'
  /** The connection failed, or what came was no HTTP. */
  | 'unreachable';

export class OutgoingFault extends Error {
  override readonly name = 'OutgoingFault';
  readonly reason: OutgoingReason;

  constructor(reason: OutgoingReason, options?: ErrorOptions) {
    super(`The request to outside did not come through: ${reason}.`, options);
    this.reason = reason;
  }
}
