/** A text and the selection in it, as offsets. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** Puts `mark` on both sides of the selection, or takes it away when it is there already. */
export function toggleAround({ text, start, end }: Selected, mark: string): Selected {
  const size = mark.length;
  const inside = text.slice(start, end);
  if (text.slice(start - size, start) === mark && text.slice(end, end + size) === mark) {
    return {
      text: text.slice(0, start - size) + inside + text.slice(end + size),
      start: start - size,
      end: end - size,
    };
  }
  return {
    text: text.slice(0, start) + mark + inside + mark + text.slice(end),
    start: start + size,
    end: end + size,
  };
}

/** Puts `prefix` before each line of the selection, or takes it away when all have it. */
export function toggleLines({ text, start, end }: Selected, prefix: string): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const to = newline === -1 ? text.length : newline;
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join('\n');
  const next = text.slice(0, from) + changed + text.slice(to);
  const end2 = from + changed.length;
  return {
    text: next,
    start: lines.length > 1 ? from : end2 - (to - end),
    end: lines.length > 1 ? end2 : end2 - (to - end),
  };
}

/** Puts something in place of the selection, and the caret behind it. */
export function insertInstead({ text, start, end }: Selected, inserted: string): Selected {
  const caret = start + inserted.length;
  return { text: text.slice(0, start) + inserted + text.slice(end), start: caret, end: caret };
}

/** Turns the selection into a link and selects the place for its address. */
export function insertLink({ text, start, end }: Selected): Selected {
  const words = text.slice(start, end) || 'text';
  const address = 'https://';
  const at = start + words.length + 3;
  return {
    text: `${text.slice(0, start)}[${words}](${address})${text.slice(end)}`,
    start: at,
    end: at + address.length,
  };
}
