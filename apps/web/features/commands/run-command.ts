import { t } from '../../language/sentences.ts';
import { type CommandContext, CommandMistake } from './command.ts';
import { COMMANDS } from './command-table.ts';

/**
 * Runs the command of that name.
 * @throws `CommandMistake` when there is none, when it does not fit the place, or when what follows it is wrong
 */
export async function runCommand(name: string, text: string, context: CommandContext): Promise<void> {
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) {
    throw new CommandMistake(t('There is no command /{name}. To send it as it is, begin with two slashes.', { name }));
  }
  if (command.fits?.(context.room) === false) throw new CommandMistake(t('/{name} does nothing here.', { name }));
  if (command.arguments.length === 0 && text !== '') throw new CommandMistake(t('Nothing follows /{name}.', { name }));
  await command.run(context, text);
}
