import { type Command, CommandMistake, commands } from './commands.ts';

/** A `/`, a name and what follows it. Paths such as `/etc/hosts` are text. */
const form = /^\/([a-z][a-z-]*)(?:\s+([\s\S]*))?$/i;

/**
 * The command that a text is; `null` for a text that is none, as one that begins with a space.
 * @throws `CommandMistake` when it looks like one and there is none of that name.
 */
export function readCommand(text: string): { command: Command; rest: string } | null {
  const match = form.exec(text);
  if (match === null) return null;
  const [, name = '', rest = ''] = match;
  const command = commands.find((each) => each.name === name.toLowerCase());
  if (command !== undefined) return { command, rest: rest.trim() };
  throw new CommandMistake(`There is no command /${name}. To send it as it is, put a space in front.`);
}
