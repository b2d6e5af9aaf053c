import { type CommandName, type Home, type RoomId, toWireError } from '@confab/protocol';
import { roomNamed } from '../../session/index.ts';
import { refusal, refuse } from './refusals.ts';
import { isRoomId, parametersOf, roomsByName } from './schema/arguments.ts';
import type { GraphqlContext, Reached } from './schema/context.ts';

/** Gives a command and answers with its result; throws its refusal in GraphQL's form. */
export async function runCommand(
  context: GraphqlContext,
  command: CommandName,
  args: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const params = parametersOf(command, args);
  // A cookie is for pages, which sign in over HTTP: an answer of GraphQL sets none.
  if (params.deliver === 'cookie') {
    throw refuse('invalid-params', {
      path: '/deliver',
      problem: 'GraphQL delivers a token; sign in over HTTP for a cookie',
    });
  }
  for (const [name, text] of roomsByName(command, params)) params[name] = await roomOf(context, text);
  const outcome = await context.ask(command, params);
  if ('error' in outcome) throw refusal(outcome.error);
  return isNothing(outcome.result) ? true : outcome.result;
}

/** The room that a text means: any by its id, one’s own by name. Throws `not-found`. */
export async function roomOf(context: GraphqlContext, text: string): Promise<RoomId> {
  if (isRoomId(text)) return text as RoomId;
  const home = await context.home();
  const reached = 'error' in home ? home : reach(home.result, text);
  if ('error' in reached) throw refusal(reached.error);
  return reached.room;
}

function reach(home: Home, text: string): Reached {
  const room = roomNamed(home.rooms, home.spaces, text);
  return room === undefined ? { error: toWireError('not-found') } : { room };
}

function isNothing(result: unknown): boolean {
  return typeof result === 'object' && result !== null && Object.keys(result).length === 0;
}
