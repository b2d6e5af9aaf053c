import { inboxLog, type RoomView, roomLog } from '@confab/protocol';
import { encodeCursor } from '../../session/index.ts';
import { refusal, refuse } from './refusals.ts';
import { roomOf } from './run-command.ts';
import type { GraphqlContext, Streams } from './schema/context.ts';

/** What can be subscribed to; over plain HTTP nothing can. */
export function subscribeTo({ streams }: GraphqlContext): Streams {
  if (streams === null) throw refuse('unknown-command', { command: 'subscription' });
  return streams;
}

/** A cursor of now: of all rooms and the inbox, or of one room. */
export async function tellCursor(context: GraphqlContext, room: string | null): Promise<string> {
  if (room !== null) {
    const outcome = await context.ask('room.show', { room: await roomOf(context, room) });
    if ('error' in outcome) throw refusal(outcome.error);
    const { info, position } = (outcome.result as { room: RoomView }).room;
    return encodeCursor(new Map([[roomLog(info.id), position]]));
  }
  const home = await context.home();
  if ('error' in home) throw refusal(home.error);
  const { me, inbox, rooms } = home.result;
  return encodeCursor(
    new Map([[inboxLog(me.id), inbox], ...rooms.map(({ info, position }) => [roomLog(info.id), position] as const)]),
  );
}
