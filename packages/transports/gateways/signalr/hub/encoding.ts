import type { FieldBounds } from './fields.ts';
import type { HubMessage } from './message.ts';

export interface MessageBounds extends FieldBounds {
  readonly messageBytes: number;
  readonly depth: number;
}

/** One value in the bytes of an encoding: what is the same for all clients is brought into this form once. */
export type EncodedValue = Buffer & { readonly encodedValue?: never };

/** One of the two forms that hub messages have. One object each: it is a cache key. */
export interface HubEncoding {
  readonly name: 'json' | 'messagepack';
  /** Whether a WebSocket carries it in binary messages. Only text goes over Server-Sent Events. */
  readonly binary: boolean;
  /**
   * The messages of one transport message, which holds whole ones only; those of a type that is not known are left out.
   * @throws `NotInForm`
   */
  decode(bytes: Uint8Array, bounds: MessageBounds): HubMessage[];
  encode(message: HubMessage): Buffer;
  value(value: unknown): EncodedValue;
  /** The value whose JSON is known. */
  valueOfJson(json: string): EncodedValue;
  /** A call of a client's method with one argument, nobody waiting for an answer. */
  call(target: string, argument: EncodedValue): Buffer;
  streamItem(invocationId: string, item: EncodedValue): Buffer;
}
