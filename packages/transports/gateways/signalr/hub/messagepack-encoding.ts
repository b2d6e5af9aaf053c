import { decode, encode } from '@msgpack/msgpack';
import type { EncodedValue, HubEncoding, MessageBounds } from './encoding.ts';
import { messageOf, type RawFields } from './fields.ts';
import { type HubMessage, messageTypes, NotInForm } from './message.ts';
import { checkShape } from './messagepack-shape.ts';
import { prefixed, splitPrefixed } from './prefixed.ts';

/** What the result of a completion is. */
const resultKinds = { error: 1, nothing: 2, value: 3 } as const;
const encodeOptions = { ignoreUndefined: true };
const noHeaders = {};

/** Each message is one MessagePack array with its length before it; its first element is its type. */
export const messagePackEncoding: HubEncoding = {
  name: 'messagepack',
  binary: true,
  decode: (bytes, bounds) =>
    splitPrefixed(bytes, bounds.messageBytes).flatMap((body) => decodeBody(body, bounds) ?? []),
  encode: (message) => prefixed(encode(elementsOf(message), encodeOptions)),
  value: (value) => encodeValue(value),
  valueOfJson: (json) => encodeValue(JSON.parse(json)),
  call: (target, argument) =>
    // An array of five: the four elements, and the arguments, an array of one.
    prefixed(elements(5, messageTypes.invocation, noHeaders, null, target), Uint8Array.of(0x91), argument),
  streamItem: (invocationId, item) => prefixed(elements(4, messageTypes.streamItem, noHeaders, invocationId), item),
};

function encodeValue(value: unknown): EncodedValue {
  return Buffer.from(encode(value ?? null, encodeOptions));
}

/** The head of an array of `count` and its first elements. */
function elements(count: number, ...first: readonly unknown[]): Buffer {
  const bytes = Buffer.from(encode(first));
  bytes[0] = 0x90 | count;
  return bytes;
}

function elementsOf(message: HubMessage): unknown[] {
  const { type } = message;
  switch (type) {
    case messageTypes.invocation:
    case messageTypes.streamInvocation:
      return [
        type,
        noHeaders,
        message.invocationId ?? null,
        message.target,
        message.arguments,
        message.streamIds ?? [],
      ];
    case messageTypes.streamItem:
      return [type, noHeaders, message.invocationId, message.item];
    case messageTypes.completion: {
      const { invocationId, error, result } = message;
      if (error !== undefined) return [type, noHeaders, invocationId, resultKinds.error, error];
      if (result === undefined) return [type, noHeaders, invocationId, resultKinds.nothing];
      return [type, noHeaders, invocationId, resultKinds.value, result];
    }
    case messageTypes.cancelInvocation:
      return [type, noHeaders, message.invocationId];
    case messageTypes.ping:
      return [type];
    case messageTypes.close:
      return [type, message.error ?? null, ...(message.allowReconnect === undefined ? [] : [message.allowReconnect])];
    default:
      return [type, message.sequenceId];
  }
}

function decodeBody(body: Uint8Array, bounds: MessageBounds): HubMessage | undefined {
  checkShape(body, bounds.depth);
  let value: unknown;
  try {
    value = decode(body);
  } catch {
    // Keys that are no texts, texts that are not UTF-8, timestamps out of range.
    throw new NotInForm('The message is not MessagePack.');
  }
  if (!Array.isArray(value) || value.length === 0) throw new NotInForm('The message is not an array.');
  return messageOf(fieldsOf(value), bounds);
}

function fieldsOf(value: readonly unknown[]): RawFields {
  const [type, second, third, fourth, fifth, sixth] = value;
  switch (type) {
    case messageTypes.invocation:
    case messageTypes.streamInvocation:
      checkHeaders(second);
      return { type, invocationId: third, target: fourth, arguments: fifth, streamIds: sixth };
    case messageTypes.streamItem:
      checkHeaders(second);
      if (value.length < 4) throw new NotInForm('The message is too short.');
      return { type, invocationId: third, item: fourth };
    case messageTypes.completion:
      checkHeaders(second);
      return { type, invocationId: third, ...resultOf(fourth, fifth) };
    case messageTypes.cancelInvocation:
      checkHeaders(second);
      return { type, invocationId: third };
    case messageTypes.close:
      return { type, error: second, allowReconnect: third };
    case messageTypes.ack:
    case messageTypes.sequence:
      return { type, sequenceId: second };
    default:
      return { type };
  }
}

function resultOf(kind: unknown, value: unknown): { error?: unknown; result?: unknown } {
  if (kind === resultKinds.nothing) return {};
  if (kind === resultKinds.value) return { result: value };
  if (kind === resultKinds.error && typeof value === 'string') return { error: value };
  throw new NotInForm("The completion's result is not in form.");
}

/** Nobody has given them a meaning yet. */
function checkHeaders(headers: unknown): void {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
    throw new NotInForm('The headers are not a map.');
  }
}
