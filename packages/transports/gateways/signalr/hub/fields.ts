import { type HubMessage, messageTypes, NotInForm } from './message.ts';

/** The fields of a received message before anyone has looked at them, whichever encoding they came in. */
export interface RawFields {
  readonly type: unknown;
  readonly invocationId?: unknown;
  readonly target?: unknown;
  readonly arguments?: unknown;
  readonly streamIds?: unknown;
  readonly item?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly allowReconnect?: unknown;
  readonly sequenceId?: unknown;
}

export interface FieldBounds {
  readonly invocationIdChars: number;
}

/**
 * A message from its fields; `undefined` for a type that is not known, which a later protocol may have added.
 * @throws `NotInForm` when a field is missing or has another form.
 */
export function messageOf(fields: RawFields, bounds: FieldBounds): HubMessage | undefined {
  const { type } = fields;
  if (typeof type !== 'number') throw new NotInForm("Expected 'type' to be of type Number.");
  switch (type) {
    case messageTypes.invocation:
    case messageTypes.streamInvocation:
      return callOf(type, fields, bounds);
    case messageTypes.streamItem:
      return { type, invocationId: idOf(fields, bounds), item: fields.item };
    case messageTypes.completion:
      return completionOf(fields, bounds);
    case messageTypes.cancelInvocation:
      return { type, invocationId: idOf(fields, bounds) };
    case messageTypes.ping:
      return { type };
    case messageTypes.close:
      return closeOf(fields);
    case messageTypes.ack:
    case messageTypes.sequence:
      return { type, sequenceId: numberOf(fields.sequenceId) };
    default:
      return undefined;
  }
}

function callOf(type: 1 | 4, fields: RawFields, bounds: FieldBounds): HubMessage {
  const { target, arguments: given, streamIds } = fields;
  if (typeof target !== 'string') throw new NotInForm("Missing required property 'target'.");
  if (!Array.isArray(given)) throw new NotInForm("Missing required property 'arguments'.");
  const isTextList = Array.isArray(streamIds) && streamIds.every((each) => typeof each === 'string');
  if (!isAbsent(streamIds) && !isTextList) throw new NotInForm("Expected 'streamIds' to be a list of texts.");
  const call = { target, arguments: given as unknown[], ...(isTextList ? { streamIds: streamIds as string[] } : {}) };
  if (type === messageTypes.streamInvocation) return { type, invocationId: idOf(fields, bounds), ...call };
  // JSON leaves the id out, MessagePack says nil.
  return isAbsent(fields.invocationId) ? { type, ...call } : { type, invocationId: idOf(fields, bounds), ...call };
}

function completionOf(fields: RawFields, bounds: FieldBounds): HubMessage {
  const { result, error } = fields;
  const invocationId = idOf(fields, bounds);
  const type = messageTypes.completion;
  if (isAbsent(error)) return result === undefined ? { type, invocationId } : { type, invocationId, result };
  if (typeof error !== 'string') throw new NotInForm("Expected 'error' to be of type String.");
  if (result !== undefined) {
    throw new NotInForm("The 'error' and 'result' properties are mutually exclusive.");
  }
  return { type, invocationId, error };
}

function closeOf({ error, allowReconnect }: RawFields): HubMessage {
  return {
    type: messageTypes.close,
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof allowReconnect === 'boolean' ? { allowReconnect } : {}),
  };
}

function idOf({ invocationId }: RawFields, { invocationIdChars }: FieldBounds): string {
  if (typeof invocationId !== 'string' || invocationId === '') {
    throw new NotInForm("Missing required property 'invocationId'.");
  }
  if (invocationId.length > invocationIdChars) throw new NotInForm("The 'invocationId' is too long.");
  return invocationId;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new NotInForm("Expected 'sequenceId' to be a whole number.");
  }
  return value;
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
