import { suggestArguments } from './argument-suggestions.ts';
import { suggestCommands } from './command-suggestions.ts';
import { suggestEmoji } from './emoji-suggestions.ts';
import { suggestPeople } from './people-suggestions.ts';
import { suggestRooms } from './room-suggestions.ts';
import type { SuggestionSource } from './suggestion.ts';
import type { Mark } from './suggestion-trigger.ts';

/** Where suggestions come from, by the mark that asks for them. */
export const sources: Readonly<Record<Mark, SuggestionSource>> = {
  '@': suggestPeople,
  '#': suggestRooms,
  ':': suggestEmoji,
  '/': suggestCommands,
  ' ': suggestArguments,
};
