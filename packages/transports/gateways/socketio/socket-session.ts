import {
  type CloseReason,
  closeCodes,
  type EventFrame,
  type LogId,
  type ReconnectWindow,
  toWireError,
} from '@confab/protocol';
import type { Socket } from 'socket.io';
import type { DoorParts } from '../../door.ts';
import type { GatewayLink, GatewaySession, SharedEvent } from '../../session/index.ts';
import type { Connection, Tenant } from './connection.ts';
import { readIncoming } from './incoming.ts';
import type { SocketIoLimits } from './limits.ts';
import { broadcastPacket, eventPacket, ownPacket, sharedEventPacket } from './outgoing.ts';
import { type Answer, answerTo, type Member } from './requests.ts';
import { concernsSpace } from './room-choice.ts';

/** One socket of Socket.IO, a client in one namespace: its events become commands, what it hears becomes packets. */
export class SocketSession implements Tenant, GatewayLink {
  readonly client = 'socket.io';
  readonly namespace: string;
  readonly address: string;
  private readonly socket: Socket;
  private readonly connection: Connection;
  private readonly limits: SocketIoLimits;
  private readonly report: DoorParts['report'];
  private session: GatewaySession | null = null;
  private member: Member | null = null;
  private isGone = false;

  constructor(socket: Socket, connection: Connection, limits: SocketIoLimits, report: DoorParts['report']) {
    this.socket = socket;
    this.connection = connection;
    this.limits = limits;
    this.report = report;
    this.namespace = socket.nsp.name;
    this.address = connection.address;
  }

  /** As the client knows it. */
  get id(): string {
    return this.socket.id;
  }

  /** The session that the engine opened for it; it ends with the connection. */
  opened(session: GatewaySession): void {
    this.session = session;
    if (this.isGone) session.left();
  }

  admitted(member: Member): void {
    this.member = member;
  }

  /** The client knows that it is connected: now it is told what it missed, and what happens from here on. */
  begin(): void {
    const { member } = this;
    if (member === null || member.session.isOver) {
      this.connection.close();
      return;
    }
    this.socket.onAny((event: unknown, ...args: unknown[]) => this.receive(member, event, args));
    this.socket.on('disconnect', () => this.left());
    void this.follow(member);
  }

  private async follow({ session, rooms, progress }: Member): Promise<void> {
    const error = await rooms.start();
    if (error === undefined) progress.complete(() => rooms.positions);
    else session.violated(error.retry === 'later' ? 'overloaded' : 'malformed');
  }

  // What the client says

  private receive(member: Member, event: unknown, args: unknown[]): void {
    const acknowledge = typeof args.at(-1) === 'function' ? (args.pop() as (answer: Answer) => void) : undefined;
    void this.answer(member, event, args, acknowledge);
  }

  private async answer(
    member: Member,
    event: unknown,
    args: readonly unknown[],
    acknowledge: ((answer: Answer) => void) | undefined,
  ): Promise<void> {
    try {
      const incoming = readIncoming(event, args, this.limits);
      const answer = await answerTo(incoming, member);
      acknowledge?.(answer);
      // Only an event carries an offset: without this one, a client that comes back now would not know.
      const chooses = incoming.act === 'join' || incoming.act === 'leave';
      if (chooses && answer.ok) this.connection.write(ownPacket(this.namespace, 'cursor', member.progress.offset));
    } catch (error) {
      this.report('error', 'an event could not be translated', { client: this.client, error });
      acknowledge?.({ ok: false, error: toWireError('internal') });
      member.session.violated('internal');
    }
  }

  // What the engine says

  pendingBytes(): number {
    return this.connection.pendingBytes();
  }

  event(event: SharedEvent): void {
    const { frame } = event;
    const taken = this.member?.rooms.take(event) ?? false;
    // Of a log that one listens to by command nobody else tells.
    if (!taken || frame.event === 'log.closed') this.tell(event, undefined);
  }

  /** The next event of a room, or an ephemeral one. The first comes when all rooms have their place. */
  roomEvent(event: SharedEvent): void {
    this.member?.progress.complete(() => this.member?.rooms.positions ?? new Map());
    this.followed(event);
  }

  private followed(event: SharedEvent): void {
    const { frame } = event;
    const { member, namespace } = this;
    if (member === null) return;
    if (frame.event === 'broadcast.sent') {
      const { user, from } = frame.data;
      // As in the reference server, everyone in the room but the socket that it comes from.
      if (user === member.rooms.home.me.id && from === member.id) return;
      this.connection.write(broadcastPacket(event, frame, namespace));
      return;
    }
    if (!('seq' in frame)) {
      this.tell(event, undefined);
      return;
    }
    const { progress } = member;
    progress.set(frame.log, frame);
    if (!progress.isOnly(frame.log)) {
      this.tell(event, progress.offset);
      return;
    }
    const key = `${namespace} ${progress.generation}`;
    this.connection.write(sharedEventPacket(event, key, () => eventPacket(event, namespace, progress.offset)));
  }

  /** One of the inbox; in a space's namespace only if it is about that space. */
  inboxEvent(event: SharedEvent): void {
    const { frame } = event;
    const { member } = this;
    if (member === null) return;
    const { rooms, progress, space } = member;
    if (frame.event === 'inbox.room-added') {
      const log: LogId = `room:${frame.data.room.info.id}`;
      const at = rooms.positions.get(log);
      if (at !== undefined) progress.set(log, at);
    }
    if (space === undefined || concernsSpace(frame, space, rooms)) this.followed(event);
    else if ('seq' in frame) progress.set(frame.log, frame);
    if (frame.event === 'inbox.space-removed' && frame.data.space === space?.id) this.socket.disconnect();
  }

  ended(reason: CloseReason, reconnect: ReconnectWindow | null): void {
    const closing: EventFrame = { event: 'connection.closing', data: { reason, reconnect } };
    this.connection.write(ownPacket(this.namespace, closing.event, closing));
    // A stock client stays away when it is told to go, and comes back by itself when only the connection ends.
    if (closeCodes[reason].reconnect !== 'window') this.socket.disconnect();
    else if (reason === 'draining') this.connection.close();
    else this.connection.cut();
  }

  private tell(event: SharedEvent, offset: string | undefined): void {
    this.connection.write(eventPacket(event, this.namespace, offset));
  }

  // What the connection says

  heard(): void {
    this.session?.heard();
  }

  drained(): void {
    this.session?.drained();
  }

  flooded(): void {
    this.session?.violated('flooding');
  }

  gone(): void {
    this.isGone = true;
    this.session?.left();
  }

  private left(): void {
    this.gone();
    this.connection.remove(this);
  }
}
