import { limits } from '@confab/protocol';

/**
 * What clients tell each other under names of their own, without the server knowing what it is. One argument goes as
 * it is, so that clients of other doors read it too; several go as `{ "args": […] }`, and bytes inside of them as
 * `{ "base64": "…" }`.
 */

/** Names that mean something in a client's own library, or that this gateway gives a meaning. */
const reserved: ReadonlySet<string> = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
  'message',
  'join',
  'leave',
  'command',
  'broadcast',
  'cursor',
]);

/** Whether an event of this name is one of the clients' own. All of the protocol's have a dot. */
export function isOwnName(name: string): boolean {
  return name !== '' && name.length <= limits.broadcastNameChars && !name.includes('.') && !reserved.has(name);
}

/** The arguments of an event as the payload of a broadcast. They are not nested deeper than the caller allows. */
export function payloadOf(args: readonly unknown[]): string {
  const [only] = args;
  const sent = args.length === 1 && !isArguments(only) ? only : { args };
  return JSON.stringify(sent ?? null, (_, value: unknown) => bytesAsText(value));
}

/** An event's arguments with the bytes taken out: placeholders of the library stand for them, in their order. */
export interface Arguments {
  readonly args: readonly unknown[];
  readonly attachments: readonly Buffer[];
}

export function argumentsOf(payload: string): Arguments {
  const attachments: Buffer[] = [];
  const data = parsed(payload, (value) => {
    // One that the sender made up would stand for bytes that do not come: a client takes that for a broken packet.
    if (isObject(value) && '_placeholder' in value) return null;
    if (!isBytes(value)) return value;
    attachments.push(Buffer.from(value.base64, 'base64'));
    return { _placeholder: true, num: attachments.length - 1 };
  });
  return { args: isArguments(data) ? data.args : [data], attachments };
}

function parsed(payload: string, revive: (value: unknown) => unknown): unknown {
  try {
    return JSON.parse(payload, (_, value: unknown) => revive(value));
  } catch {
    // Whoever sent it speaks to others than us: a text, then.
    return payload;
  }
}

/** `JSON.stringify` asks a Buffer for its own form before anybody else: that one is known here too. */
function bytesAsText(value: unknown): unknown {
  if (isBufferForm(value)) return { base64: Buffer.from(value.data).toString('base64') };
  if (value instanceof ArrayBuffer) return { base64: Buffer.from(value).toString('base64') };
  if (!ArrayBuffer.isView(value)) return value;
  return { base64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
}

function isBufferForm(value: unknown): value is { data: number[] } {
  return isObject(value) && value.type === 'Buffer' && Array.isArray(value.data);
}

function isArguments(value: unknown): value is { args: unknown[] } {
  return isObject(value) && Array.isArray(value.args) && Object.keys(value).length === 1;
}

function isBytes(value: unknown): value is { base64: string } {
  return isObject(value) && typeof value.base64 === 'string' && Object.keys(value).length === 1;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
