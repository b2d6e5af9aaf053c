import { t } from '../../language/sentences.ts';
import { argumentsHint } from '../commands/arguments-hint.ts';
import { COMMANDS } from '../commands/command-table.ts';
import { bestOf, type SuggestionSource } from './suggestion.ts';

export const suggestCommands: SuggestionSource = (typed, { room }) => {
  const usable = COMMANDS.filter(({ fits }) => fits === undefined || fits(room));
  return bestOf(usable, typed, ({ name }) => [name])
    .filter(({ name }) => typed === '' || name.startsWith(typed))
    .map((command) => ({
      key: command.name,
      insert: `/${command.name}`,
      title: command.name,
      ...(command.arguments.length === 0 ? {} : { hint: argumentsHint(command) }),
      detail: t(command.title),
      lead: { kind: 'sign', text: '/' },
    }));
};
