import { commands } from '../commands/commands.ts';
import { bestOf, type SuggestionSource } from './suggestion.ts';

export const suggestCommands: SuggestionSource = (typed, { room }) => {
  const usable = commands.filter(({ fits }) => fits === undefined || (room !== undefined && fits(room)));
  return bestOf(usable, typed, ({ name }) => [name])
    .filter(({ name }) => typed === '' || name.startsWith(typed))
    .map(({ name, takes, does }) => ({
      key: name,
      insert: `/${name}`,
      title: name,
      ...(takes === null ? {} : { hint: takes }),
      detail: does,
      lead: { kind: 'sign', text: '/' },
    }));
};
