import { type Sentence, sentence } from '../../language/sentences.ts';
import { insertLink, type Selected, toggleAround, toggleLines } from './text-marks.ts';

export interface Format {
  name: 'bold' | 'italic' | 'strike' | 'code' | 'link' | 'list' | 'numbers' | 'tasks' | 'quote' | 'spoiler';
  /** What it is called on the screen. */
  label: Sentence;
  /** With Ctrl or Cmd; `null` where a browser keeps the key for itself. */
  key: string | null;
  apply(selected: Selected): Selected;
}

/** What the formatting toolbar and its keys do. */
export const formats: readonly Format[] = [
  { name: 'bold', label: sentence('Bold'), key: 'b', apply: (selected) => toggleAround(selected, '**') },
  { name: 'italic', label: sentence('Italic'), key: 'i', apply: (selected) => toggleAround(selected, '_') },
  { name: 'strike', label: sentence('Strike through'), key: null, apply: (selected) => toggleAround(selected, '~~') },
  { name: 'code', label: sentence('Code'), key: 'e', apply: applyCode },
  { name: 'link', label: sentence('Link'), key: null, apply: insertLink },
  { name: 'list', label: sentence('List'), key: null, apply: (selected) => toggleLines(selected, '- ') },
  { name: 'numbers', label: sentence('Numbered list'), key: null, apply: (selected) => toggleLines(selected, '1. ') },
  { name: 'tasks', label: sentence('Task list'), key: null, apply: (selected) => toggleLines(selected, '- [ ] ') },
  { name: 'quote', label: sentence('Quote'), key: null, apply: (selected) => toggleLines(selected, '> ') },
  { name: 'spoiler', label: sentence('Spoiler'), key: null, apply: (selected) => toggleAround(selected, '||') },
];

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The format that a key press asks for. */
export function formatOfKey({ key, ctrlKey, metaKey, shiftKey, altKey }: Keys): Format | undefined {
  if (!(ctrlKey || metaKey) || shiftKey || altKey) return undefined;
  return formats.find((format) => format.key !== null && format.key === key.toLowerCase());
}

/** One line becomes code in the line, several become a block. */
function applyCode(selected: Selected): Selected {
  const several = selected.text.slice(selected.start, selected.end).includes('\n');
  if (!several) return toggleAround(selected, '`');
  const { text, start, end } = selected;
  const before = `${start === 0 || text[start - 1] === '\n' ? '' : '\n'}\`\`\`\n`;
  const block = `${before}${text.slice(start, end)}\n\`\`\``;
  return {
    text: text.slice(0, start) + block + text.slice(end),
    start: start + before.length,
    end: end + before.length,
  };
}
