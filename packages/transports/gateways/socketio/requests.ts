import { randomUUID } from 'node:crypto';
import { type ClientId, type LogId, type RoomId, roomLog, toWireError, type WireError } from '@confab/protocol';
import type { FollowedRooms, GatewaySession } from '../../session/index.ts';
import type { Incoming } from './incoming.ts';
import type { Progress } from './progress.ts';
import { type RoomChoice, roomOf, type Space } from './room-choice.ts';

/** A socket that was let in. */
export interface Member {
  /** What this socket calls itself to others, as the client knows it: `socket.id`. */
  readonly id: string;
  readonly session: GatewaySession;
  readonly rooms: FollowedRooms;
  readonly choice: RoomChoice;
  readonly progress: Progress;
  /** The namespace's space; `undefined` in `/`. */
  readonly space: Space | undefined;
  /** Where a text without a room is posted. */
  readonly room: RoomId | undefined;
}

/** What the acknowledgement of an event is called with. */
export type Answer =
  | { readonly ok: true; readonly [field: string]: unknown }
  | { readonly ok: false; readonly error: WireError };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Does what an event asks for. Commands are on their way when this returns, in the order of their events ([C2]). */
export function answerTo(incoming: Incoming, member: Member): Promise<Answer> {
  switch (incoming.act) {
    case 'post':
      return post(incoming, member);
    case 'broadcast':
      return broadcast(incoming, member);
    case 'join':
      return join(incoming.room, member);
    case 'leave':
      return leave(incoming.room, member);
    case 'command':
      return command(incoming.command, incoming.params, member);
    case 'refuse':
      return refused(incoming.error);
  }
}

async function post({ room, text, clientId }: Incoming & { act: 'post' }, member: Member): Promise<Answer> {
  const target = room === undefined ? member.room : postable(room, member);
  if (target === undefined) return room === undefined ? refused(noRoom) : refused(notFound);
  const params = { room: target, clientId: (clientId ?? randomUUID()) as ClientId, text };
  const outcome = await member.session.request('message.post', params);
  return 'error' in outcome ? { ok: false, error: outcome.error } : { ok: true, ...outcome.result };
}

async function broadcast({ room, name, payload }: Incoming & { act: 'broadcast' }, member: Member): Promise<Answer> {
  const target = room === undefined ? member.room : postable(room, member);
  // Without a room nothing tells a name of the client's own from a mistyped command.
  if (target === undefined) return refused(room === undefined ? unknownName(name) : notFound);
  const params = { room: target, from: member.id, name, payload };
  const outcome = await member.session.request('broadcast.send', params);
  return 'error' in outcome ? refused(outcome.error) : { ok: true };
}

async function join(text: string, { rooms, choice, progress, space }: Member): Promise<Answer> {
  const room = roomOf(text, rooms, choice, space);
  if (room === undefined) return refused(notFound);
  if (!choice.has(room)) {
    choice.join(room);
    const error = await rooms.beginAnew(room);
    if (error !== undefined) return refused(error);
    const at = rooms.positions.get(roomLog(room));
    if (at !== undefined) progress.set(roomLog(room), at);
  }
  return { ok: true, room };
}

async function leave(text: string, { rooms, choice, progress, space }: Member): Promise<Answer> {
  const room = roomOf(text, rooms, choice, space);
  if (room === undefined) return refused(notFound);
  if (choice.has(room)) {
    choice.leave(room);
    rooms.unfollow(room);
    progress.leave(roomLog(room));
  }
  return { ok: true, room };
}

async function command(name: string, params: unknown, { session, rooms }: Member): Promise<Answer> {
  if ((name === 'log.listen' || name === 'log.unlisten') && namesAny(params, rooms)) return refused(heardAlready);
  const outcome = await session.requestAny(name, params);
  return 'error' in outcome ? { ok: false, error: outcome.error } : { ok: true, result: outcome.result };
}

/** Whether it is about a log that this socket is told of anyway: its place there would be lost. */
function namesAny(params: unknown, rooms: FollowedRooms): boolean {
  const { logs } = params as { logs?: unknown };
  if (!Array.isArray(logs)) return false;
  const { positions } = rooms;
  return logs.some((each) => positions.has((typeof each === 'string' ? each : each?.log) as LogId));
}

/** A room that is only just one's own may not be known here yet; then the command itself says whether it is. */
function postable(text: string, { rooms, choice, space }: Member): RoomId | undefined {
  const known = roomOf(text, rooms, choice, space);
  return known ?? (space === undefined && uuid.test(text) ? (text as RoomId) : undefined);
}

const unknownName = (name: string) => toWireError('unknown-command', { command: name.slice(0, 64) });
const notFound = toWireError('not-found');
const noRoom = toWireError('invalid-params', { path: 'room', problem: 'missing, and the handshake named none' });
const heardAlready = toWireError('invalid-params', { path: 'logs', problem: 'heard already; see join and leave' });

async function refused(error: WireError): Promise<Answer> {
  return { ok: false, error };
}
