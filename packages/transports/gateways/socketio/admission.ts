import { inboxLog, type RoomId, roomLog, toWireError, type WireError } from '@confab/protocol';
import type { Socket } from 'socket.io';
import type { DoorParts } from '../../door.ts';
import { FollowedRooms, GatewaySession, type Positions } from '../../session/index.ts';
import type { Connection } from './connection.ts';
import { type Handshake, readHandshake } from './handshake.ts';
import type { SocketIoLimits } from './limits.ts';
import { Progress } from './progress.ts';
import type { Member } from './requests.ts';
import { nextGeneration, type ResumePoint, readResumePoint, writePid } from './resume-point.ts';
import { RoomChoice, roomOf, type Space, spaceOf } from './room-choice.ts';
import { SocketSession } from './socket-session.ts';

/** What a socket is told in its CONNECT packet. With the `pid` that it came with, it knows itself to be recovered. */
export interface Admitted {
  readonly session: SocketSession;
  readonly pid: string;
  readonly recovered: boolean;
}

/** Lets a client into a namespace: who it is, whether the namespace is theirs, what it hears and from where on. */
export async function admit(
  parts: DoorParts,
  limits: SocketIoLimits,
  socket: Socket,
  connection: Connection,
): Promise<Admitted | { error: WireError }> {
  const asked = entering(socket, connection, limits);
  if ('error' in asked) return asked;
  const session = new SocketSession(socket, connection, limits, parts.report);
  connection.add(session);
  const token = parts.credentialsOf(socket.request).token ?? asked.token;
  const opened = await GatewaySession.open(parts, { token }, session);
  if ('error' in opened) {
    connection.forget(session);
    return opened;
  }
  session.opened(opened.session);
  const outcome = await settle(opened.session, session, asked, limits);
  if ('error' in outcome) {
    opened.session.left();
    connection.forget(session);
    return outcome;
  }
  session.admitted(outcome.member);
  return { session, pid: outcome.pid, recovered: outcome.recovered };
}

function entering(socket: Socket, connection: Connection, limits: SocketIoLimits): Handshake | { error: WireError } {
  const { name } = socket.nsp;
  // It went while the library made up its mind; nobody hears this answer.
  if (!connection.isOpen) return { error: toWireError('draining') };
  if (name.length > limits.namespaceChars) return { error: toWireError('not-found') };
  if (!connection.hasRoom || connection.has(name)) {
    const details = { limit: limits.namespaces, what: 'namespaces on one connection, each once' };
    return { error: toWireError('limit-reached', details) };
  }
  return readHandshake(socket.handshake.auth, socket.handshake.query, limits);
}

interface Settled {
  readonly member: Member;
  readonly pid: string;
  readonly recovered: boolean;
}

async function settle(
  gateway: GatewaySession,
  session: SocketSession,
  asked: Handshake,
  limits: SocketIoLimits,
): Promise<Settled | { error: WireError }> {
  let choice: RoomChoice | undefined;
  let followed: FollowedRooms | undefined;
  // Where to begin is known only when it is known where everything stands; it is read when following starts.
  const options: { from?: Positions; only: Pick<ReadonlySet<RoomId>, 'has'> } = {
    only: { has: (room) => choice?.has(room) ?? false },
  };
  const opened = await FollowedRooms.open(
    gateway,
    {
      roomEvent: (_room, event) => session.roomEvent(event),
      inboxEvent: (event) => session.inboxEvent(event),
      roomRemoved: (room, reason) => {
        if (reason === 'epoch' || reason === 'trimmed') void followed?.beginAnew(room);
      },
    },
    options,
  );
  if ('error' in opened) return opened;
  const { rooms } = opened;
  followed = rooms;
  const space = spaceOf(session.namespace, rooms.home.spaces);
  if (space === null) return { error: toWireError('not-found') };
  const named = namedRooms(asked.rooms, rooms, space);
  const room = asked.room === undefined ? undefined : namedRooms([asked.room], rooms, space)?.[0];
  if (named === null) return { error: toWireError('not-found') };
  choice = new RoomChoice(rooms.rooms, space, named);
  const point = asked.pid === undefined ? undefined : readResumePoint(asked.pid, asked.offset);
  const common = { id: session.id, session: gateway, rooms, choice, space, room };
  if (asked.pid === undefined || point === undefined || !canGoOn(point, rooms)) {
    const generation = nextGeneration(asked.offset);
    const progress = new Progress(generation, limits.offsetLogs);
    return { member: { ...common, progress }, pid: writePid(generation, rooms.positions), recovered: false };
  }
  options.from = point.from;
  choice.restore(point);
  const progress = new Progress(point.generation, limits.offsetLogs, point.moved, point.named);
  return { member: { ...common, progress }, pid: asked.pid, recovered: true };
}

/** `undefined`: all. `null`: one of them is not there. */
function namedRooms(
  texts: readonly string[] | undefined,
  rooms: FollowedRooms,
  space: Space | undefined,
): RoomId[] | null | undefined {
  const all = new RoomChoice(rooms.rooms, space, undefined);
  const named = texts?.map((text) => roomOf(text, rooms, all, space));
  return named?.includes(undefined) ? null : (named as RoomId[] | undefined);
}

/** Whether every log goes on where the client stands: it is the same person's, and no history was rewritten. */
function canGoOn({ from }: ResumePoint, { home }: FollowedRooms): boolean {
  const inbox = inboxLog(home.me.id);
  if (!from.has(inbox)) return false;
  const heads = new Map([
    [inbox, home.inbox],
    ...home.rooms.map(({ info, position }) => [roomLog(info.id), position] as const),
  ]);
  return [...from].every(([log, { epoch, seq }]) => {
    const head = heads.get(log);
    // A room that one is no longer in is not followed; the inbox tells of it.
    return head === undefined || (head.epoch === epoch && seq <= head.seq);
  });
}
