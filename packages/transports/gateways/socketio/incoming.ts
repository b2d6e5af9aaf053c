import { isCommandName, limits as protocolLimits, toWireError, type WireError } from '@confab/protocol';
import { isOwnName, payloadOf } from './broadcast.ts';
import type { SocketIoLimits } from './limits.ts';

/** What an event of a client asks for. */
export type Incoming =
  | {
      readonly act: 'post';
      readonly room: string | undefined;
      readonly text: string;
      readonly clientId: string | undefined;
    }
  | { readonly act: 'join' | 'leave'; readonly room: string }
  | { readonly act: 'broadcast'; readonly room: string | undefined; readonly name: string; readonly payload: string }
  | { readonly act: 'command'; readonly command: string; readonly params: unknown }
  | { readonly act: 'refuse'; readonly error: WireError };

/**
 * The events that clients may send, beside every command of the protocol under its own name, and names that only
 * clients know, which are told to the others in the room.
 */
const readers: Readonly<Record<string, (args: readonly unknown[], limits: SocketIoLimits) => Incoming>> = {
  message: (args, limits) => readPost(args[0], limits),
  join: ([room], limits) => readRoom('join', room, limits),
  leave: ([room], limits) => readRoom('leave', room, limits),
  broadcast: ([room, name, ...args], limits) => {
    if (!isRoom(room, limits)) return refuse('room', 'not the name of a room');
    return typeof name === 'string' ? readBroadcast(room, name, args, limits) : refuse('name', 'not a text');
  },
  command: ([name, params], limits) =>
    typeof name === 'string' ? readCommand(name, params, limits) : refuse('name', 'not a text'),
};

/** Translates one event. Its arguments come without the acknowledgement. Pure. */
export function readIncoming(event: unknown, args: readonly unknown[], limits: SocketIoLimits): Incoming {
  if (typeof event !== 'string') return refuse('event', 'not a text');
  const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
  if (reader !== undefined) return reader(args, limits);
  if (isCommandName(event)) return readCommand(event, args[0], limits);
  return isOwnName(event) ? readBroadcast(undefined, event, args, limits) : unknown(event);
}

function readPost(message: unknown, limits: SocketIoLimits): Incoming {
  if (typeof message === 'string') return { act: 'post', room: undefined, text: message, clientId: undefined };
  if (!isPlain(message)) return refuse('message', isBinary(message) ? 'binary, not a text' : 'not a message');
  const { room, text, clientId, ...rest } = message;
  const [extra] = Object.keys(rest);
  if (extra !== undefined) return refuse(extra.slice(0, 64), 'not expected');
  if (room !== undefined && !isRoom(room, limits)) return refuse('room', 'not the name of a room');
  if (typeof text !== 'string') return refuse('text', isBinary(text) ? 'binary, not a text' : 'not a text');
  if (clientId !== undefined && !isClientId(clientId)) return refuse('clientId', 'not an id of a send');
  return { act: 'post', room, text, clientId };
}

function readRoom(act: 'join' | 'leave', room: unknown, limits: SocketIoLimits): Incoming {
  return isRoom(room, limits) ? { act, room } : refuse('room', 'not the name of a room');
}

function readBroadcast(
  room: string | undefined,
  name: string,
  args: readonly unknown[],
  limits: SocketIoLimits,
): Incoming {
  if (!isOwnName(name)) return refuse('name', 'has a meaning of its own');
  const problem = problemIn(args, limits.depth, 'with bytes');
  return problem === undefined ? { act: 'broadcast', room, name, payload: payloadOf(args) } : refuse('data', problem);
}

function readCommand(command: string, params: unknown, limits: SocketIoLimits): Incoming {
  if (!isCommandName(command)) return unknown(command);
  const problem = problemIn(params, limits.depth);
  return problem === undefined ? { act: 'command', command, params: params ?? {} } : refuse('params', problem);
}

/** What JSON has no word for, or is nested so deeply that walking through it is a danger. */
function problemIn(value: unknown, depth: number, form?: 'with bytes'): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isBinary(value)) return form === undefined ? 'binary, not JSON' : undefined;
  if (depth === 0) return 'nested too deeply';
  for (const each of Object.values(value)) {
    const problem = problemIn(each, depth - 1, form);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isBinary(value: unknown): boolean {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isBinary(value);
}

function isRoom(value: unknown, { roomChars }: SocketIoLimits): value is string {
  return typeof value === 'string' && value !== '' && value.length <= roomChars;
}

function isClientId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= protocolLimits.clientIdChars && /^[!-~]+$/.test(value);
}

function refuse(path: string, problem: string): Incoming {
  return { act: 'refuse', error: toWireError('invalid-params', { path, problem }) };
}

function unknown(command: string): Incoming {
  return { act: 'refuse', error: toWireError('unknown-command', { command: command.slice(0, 64) }) };
}
