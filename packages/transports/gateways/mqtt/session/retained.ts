import { type LoggedEvent, type Message, type RoomId, roomLog, type WireError } from '@confab/protocol';
import { type GatewaySession, type LogPosition, type PostedMessage, SharedEvent } from '../../../session/index.ts';

/** What a room has to say to someone who begins to listen, and from where on the rest follows ([L8]). */
export interface RoomRetained {
  readonly room: RoomId;
  readonly position: LogPosition;
  readonly message: PostedMessage | null;
  readonly event: SharedEvent | null;
}

/** Messages and notices among which the last message is looked for. */
const lookBack = 30;

/** The last message as it stands now and, if wanted, the last event of a room, both not after the position. */
export async function readRetained(
  account: GatewaySession,
  room: RoomId,
  wanted: { readonly message: boolean; readonly event: boolean },
): Promise<RoomRetained | { error: WireError }> {
  const listed = await account.request('message.list', { room, limit: wanted.message ? lookBack : 1 });
  if ('error' in listed) return listed;
  const { messages, position } = listed.result;
  const { epoch, seq } = position;
  const last = wanted.message ? messages.findLast(({ deletedAt }) => deletedAt === null) : undefined;
  const event = wanted.event && seq > 0 ? await readEvent(account, room, seq) : null;
  return { room, position: { epoch, seq }, message: last ? posted(last, epoch) : null, event };
}

function posted({ id, room, seq, author, clientId, text, postedAt }: Message, epoch: number): PostedMessage {
  return { id, room, seq, epoch, author, clientId, text, at: postedAt };
}

/** One event of a room's log. */
async function readEvent(account: GatewaySession, room: RoomId, seq: number): Promise<SharedEvent | null> {
  const read = await account.request('log.read', { log: roomLog(room), after: seq - 1, limit: 1 });
  if ('error' in read) return null;
  const [event] = read.result.events;
  return event === undefined ? null : new SharedEvent(event as LoggedEvent, JSON.stringify(event));
}
