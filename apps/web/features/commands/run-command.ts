import { CommandMistake, type CommandPlace, commands } from './commands.ts';

/**
 * Runs the command of that name.
 * @throws `CommandMistake` when there is none, when it does not fit the place, or when what follows it is wrong
 */
export async function runCommand(name: string, rest: string, place: CommandPlace): Promise<void> {
  const command = commands.find((each) => each.name === name);
  if (command === undefined) {
    throw new CommandMistake(`There is no command /${name}. To send it as it is, put a space in front.`);
  }
  if (command.fits?.(place.room) === false) throw new CommandMistake(`/${name} does nothing here.`);
  await command.run(place, rest);
}
