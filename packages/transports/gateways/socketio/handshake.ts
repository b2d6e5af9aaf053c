import { toWireError, type WireError } from '@confab/protocol';
import type { SocketIoLimits } from './limits.ts';

/** What a client said when it connected to a namespace. */
export interface Handshake {
  readonly token: string | null;
  /** Where `emit('message', text)` posts. */
  readonly room: string | undefined;
  /** The only rooms that are told of; `undefined`: all. */
  readonly rooms: readonly string[] | undefined;
  /** What the client's library adds by itself when it comes back. */
  readonly pid: string | undefined;
  readonly offset: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads `auth` of the CONNECT packet; `token` may stand there only, `room` and `rooms` in the address's query too. */
export function readHandshake(auth: Fields, query: Fields, limits: SocketIoLimits): Handshake | { error: WireError } {
  const { token, pid, offset } = auth;
  if (token !== undefined && token !== null && typeof token !== 'string') return refused('auth.token', 'not a text');
  const room = own(auth, 'room') ?? own(query, 'room');
  if (room !== undefined && !isRoom(room, limits)) return refused('auth.room', 'not the name of a room');
  const named = own(auth, 'rooms') ?? own(query, 'rooms');
  const rooms = typeof named === 'string' ? named.split(',') : named;
  if (rooms !== undefined && !Array.isArray(rooms)) return refused('auth.rooms', 'not a list');
  if (rooms !== undefined && rooms.length > limits.rooms) return refused('auth.rooms', `more than ${limits.rooms}`);
  if (!rooms?.every((each) => isRoom(each, limits)) && rooms !== undefined) {
    return refused('auth.rooms', 'not the names of rooms');
  }
  const all = [...(rooms ?? []), ...(room === undefined ? [] : [room as string])];
  return {
    token: typeof token === 'string' && token !== '' ? token : null,
    room: (room as string | undefined) ?? (rooms?.length === 1 ? (rooms[0] as string) : undefined),
    rooms: all.length === 0 ? undefined : (all as string[]),
    pid: typeof pid === 'string' ? pid : undefined,
    offset: typeof offset === 'string' ? offset : undefined,
  };
}

function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) && fields[name] !== null ? fields[name] : undefined;
}

function isRoom(value: unknown, { roomChars }: SocketIoLimits): value is string {
  return typeof value === 'string' && value !== '' && value.length <= roomChars;
}

function refused(path: string, problem: string): { error: WireError } {
  return { error: toWireError('invalid-params', { path, problem }) };
}
