import { t } from '../../language/sentences.ts';
import type { Argument } from '../commands/command.ts';
import { COMMANDS } from '../commands/command-table.ts';
import { wholeTime } from '../commands/split-time.ts';
import { formatDateTime } from '../messages/format-time.ts';
import { suggestPeople } from './people-suggestions.ts';
import { suggestRooms } from './room-suggestions.ts';
import { bestOf, type Suggestion, type SuggestionPlace, type SuggestionSource } from './suggestion.ts';

/** Times that are often meant, as they are typed. */
const times = ['in 20 minutes', 'in an hour', 'in 3 hours', 'tomorrow at 9', 'next Monday at 9'];

/** What may follow a command, by its first argument. */
export const suggestArguments: SuggestionSource = (typed, place) => {
  const command = COMMANDS.find(({ name }) => name === place.command);
  const [first] = command?.arguments ?? [];
  return first === undefined ? [] : suggestFor(first, typed, place);
};

function suggestFor(argument: Argument, typed: string, place: SuggestionPlace): Promise<Suggestion[]> | Suggestion[] {
  switch (argument.kind) {
    case 'choice':
      return bestOf(argument.choices, typed, ({ word }) => [word]).map(({ word, title }) => ({
        key: word,
        insert: word,
        title: word,
        detail: t(title),
        lead: { kind: 'sign', text: '›' },
      }));
    case 'time':
      return suggestTimes(typed, Date.now());
    case 'person':
    case 'people':
      return /\s/.test(typed) ? [] : peopleOnly(typed, place);
    case 'room':
      return suggestRooms(typed, place);
    case 'text':
      return [];
  }
}

/** Without the words for everyone, which name nobody who could be brought in or written to. */
async function peopleOnly(typed: string, place: SuggestionPlace): Promise<Suggestion[]> {
  return (await suggestPeople(typed, place)).filter(({ lead }) => lead.kind === 'person');
}

/** What was typed, if it is a time, so that one sees how it is understood; then those that begin so. */
export function suggestTimes(typed: string, now: number): Suggestion[] {
  const own = typed.trimEnd() === typed ? [typed] : [];
  const meant = times.filter((time) => time !== typed && time.toLowerCase().startsWith(typed.toLowerCase()));
  return [...own, ...meant].flatMap((time): Suggestion[] => {
    const at = wholeTime(time, now);
    if (at === null) return [];
    return [{ key: time, insert: time, title: time, detail: formatDateTime(at), lead: { kind: 'sign', text: '◷' } }];
  });
}
