import { type CommandName, commands } from '@confab/protocol';
import { pascal } from './schema-types.ts';

/** Commands that GraphQL has ways of its own for, and which. Said through a field they would cut across those. */
export const spokenOtherwise: Readonly<Partial<Record<CommandName, string>>> = {
  'connection.hello': '`connection_init`, or the headers of the request',
  'log.listen': 'the subscriptions',
  'log.unlisten': 'the end of a subscription',
};

/** What a command does when it has no GET route but only reads all the same. */
const readingVerbs: ReadonlySet<string> = new Set(['show', 'look-up', 'list', 'read', 'search', 'ping']);

export interface CommandField {
  readonly command: CommandName;
  /** The command's name in one word: `message.post` is `messagePost`. */
  readonly field: string;
  readonly operation: 'query' | 'mutation';
}

export const commandFields: readonly CommandField[] = (Object.keys(commands) as CommandName[])
  .filter((command) => spokenOtherwise[command] === undefined)
  .map((command) => ({ command, field: fieldName(command), operation: operationOf(command) }));

function fieldName(command: CommandName): string {
  const name = pascal(command);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function operationOf(command: CommandName): 'query' | 'mutation' {
  const [, verb = ''] = command.split('.');
  return commands[command].http?.startsWith('GET ') || readingVerbs.has(verb) ? 'query' : 'mutation';
}
