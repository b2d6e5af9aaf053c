import { withEmoji } from '../emoji-names.ts';
import type { Names, Words } from '../export-model.ts';

/** Code in a text, which stays as it is. */
const code = /(```[\s\S]*?(?:```|$)|`[^`\n]+`)/;
const mention = /(?<![\p{L}\p{N}_@./-])@([a-z0-9][a-z0-9._-]*)/giu;
const channel = /(?<![\p{L}\p{N}_~/])~([a-z0-9][a-z0-9_-]*)(?!~)/giu;

/** Mattermost writes Markdown; people and rooms may be called otherwise here. */
export function mattermostWords(raw: string, names: Names): Words {
  const mentions = new Set<string>();
  let all: 'room' | null = null;
  const named = (whole: string, said: string): string => {
    const [name, end] = [said.replace(/[._-]+$/, ''), /[._-]*$/.exec(said)?.[0] ?? ''];
    if (['all', 'channel'].includes(name.toLowerCase())) all = 'room';
    const person = names.personCalled(said) ?? names.personCalled(name);
    if (person === undefined) return whole;
    mentions.add(person);
    return `@${names.handleOf(person) ?? name}${names.personCalled(said) === undefined ? end : ''}`;
  };
  const text = raw
    .split(code)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const linked = part.replace(channel, (whole, name: string) => roomNamed(names, name) ?? whole);
      return withEmoji(linked.replace(mention, named));
    })
    .join('');
  return { text, mentions: [...mentions], mentionsAll: all };
}

const roomNamed = (names: Names, name: string): string | undefined => {
  const found = names.roomCalled(name);
  return found === undefined ? undefined : `#${found}`;
};
