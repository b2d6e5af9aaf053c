import type { IDisconnectPacket, Packet } from 'mqtt-packet';
import { reasonCodes } from '../reason-codes.ts';
import { encodePacket } from '../wire/codec.ts';
import { PacketFault } from '../wire/packet-fault.ts';
import type { Entered } from './entry.ts';
import type { WorkQueue } from './work-queue.ts';

/** What a packet of an open connection can do. */
export interface PacketContext {
  readonly entered: Entered;
  /** For what takes its turn: everything that changes something or needs the domain. */
  readonly work: WorkQueue;
  /** Whether the client still reads. */
  isGone(): boolean;
  write(bytes: Buffer): void;
  goodbye(packet: IDisconnectPacket): void;
}

type Handlers = {
  readonly [Cmd in Packet['cmd']]?: (packet: Extract<Packet, { cmd: Cmd }>, context: PacketContext) => void;
};

const handlers: Handlers = {
  publish(packet, { entered: { account, session }, work, isGone }) {
    session.receiving.arrived(packet);
    work.push(async () => {
      if (!isGone()) await account.roomToWrite();
      await session.receiving.publish(packet);
    });
  },
  pubrel({ messageId = 0 }, { entered }) {
    entered.session.receiving.release(messageId);
  },
  puback({ messageId = 0 }, { entered }) {
    entered.session.window.acknowledged(messageId);
  },
  pubrec({ messageId = 0, reasonCode = 0 }, { entered: { session, version }, write }) {
    if (reasonCode >= 0x80) session.window.acknowledged(messageId);
    else if (!session.window.clientHas(messageId)) {
      write(encodePacket({ cmd: 'pubrel', messageId, reasonCode: reasonCodes['packet-id-not-found'] }, version));
    }
  },
  pubcomp({ messageId = 0 }, { entered }) {
    entered.session.window.completed(messageId);
  },
  subscribe(packet, { entered, work }) {
    work.push(() => entered.session.subscribe(packet));
  },
  unsubscribe({ messageId = 0, unsubscriptions }, { entered, work }) {
    work.push(() => entered.session.unsubscribe(messageId, unsubscriptions));
  },
  pingreq(_packet, { entered, write }) {
    write(encodePacket({ cmd: 'pingresp' }, entered.version));
  },
  disconnect(packet, { work, goodbye }) {
    work.push(async () => goodbye(packet));
  },
};

/**
 * Does what a packet asks for, or gives it its turn.
 * @throws PacketFault when it has no place on an open connection
 */
export function handlePacket(packet: Packet, context: PacketContext): void {
  const handler = handlers[packet.cmd] as ((packet: Packet, context: PacketContext) => void) | undefined;
  if (!handler) throw new PacketFault('protocol-error', `${packet.cmd} has no place here`);
  handler(packet, context);
}
