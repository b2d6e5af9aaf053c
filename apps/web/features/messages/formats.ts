import { insertLink, type Selected, toggleAround, toggleLines } from './text-marks.ts';

export interface Format {
  name: 'Bold' | 'Italic' | 'Strike' | 'Code' | 'Link' | 'List' | 'Numbers' | 'Tasks' | 'Quote' | 'Spoiler';
  /** What it is called on the screen. */
  label: string;
  /** With Ctrl or Cmd; `null` where a browser keeps the key for itself. */
  key: string | null;
  apply(selected: Selected): Selected;
}

/** What the formatting toolbar and its keys do. */
export const formats: readonly Format[] = [
  { name: 'Bold', label: 'Bold', key: 'b', apply: (selected) => toggleAround(selected, '**') },
  { name: 'Italic', label: 'Italic', key: 'i', apply: (selected) => toggleAround(selected, '_') },
  { name: 'Strike', label: 'Strike through', key: null, apply: (selected) => toggleAround(selected, '~~') },
  { name: 'Code', label: 'Code', key: 'e', apply: applyCode },
  { name: 'Link', label: 'Link', key: null, apply: insertLink },
  { name: 'List', label: 'List', key: null, apply: (selected) => toggleLines(selected, '- ') },
  { name: 'Numbers', label: 'Numbered list', key: null, apply: (selected) => toggleLines(selected, '1. ') },
  { name: 'Tasks', label: 'Task list', key: null, apply: (selected) => toggleLines(selected, '- [ ] ') },
  { name: 'Quote', label: 'Quote', key: null, apply: (selected) => toggleLines(selected, '> ') },
  { name: 'Spoiler', label: 'Spoiler', key: null, apply: (selected) => toggleAround(selected, '||') },
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
