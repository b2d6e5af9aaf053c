import { insertLink, type Selected, toggleAround, toggleLines } from './text-marks.ts';

export interface Format {
  name: 'Bold' | 'Italic' | 'Code' | 'Link' | 'List' | 'Quote';
  /** With Ctrl or Cmd; `null` where a browser keeps the key for itself. */
  key: string | null;
  apply(selected: Selected): Selected;
}

/** What the formatting toolbar and its keys do. */
export const formats: readonly Format[] = [
  { name: 'Bold', key: 'b', apply: (selected) => toggleAround(selected, '**') },
  { name: 'Italic', key: 'i', apply: (selected) => toggleAround(selected, '_') },
  { name: 'Code', key: 'e', apply: applyCode },
  { name: 'Link', key: null, apply: insertLink },
  { name: 'List', key: null, apply: (selected) => toggleLines(selected, '- ') },
  { name: 'Quote', key: null, apply: (selected) => toggleLines(selected, '> ') },
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
