import type { ClientId, Message } from '@confab/protocol';
import type { ReachedMessage } from '../access.ts';

/** A message as it was when it was reached, in the form of the wire. */
export function messageOfReached({ room, clientId, ...message }: ReachedMessage): Message {
  return { ...message, clientId: clientId as ClientId, room: room.id };
}
