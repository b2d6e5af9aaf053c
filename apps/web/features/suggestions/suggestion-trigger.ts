/** What begins a suggestion: people and groups, rooms, emoji, commands; a space: what follows a command. */
export type Mark = '@' | '#' | ':' | '/' | ' ';

export interface Trigger {
  mark: Mark;
  /** What stands between the mark and the caret. */
  typed: string;
  /** Offset of the mark, which is replaced with what was typed; for a space, of what follows it. */
  start: number;
  /** Offset of the caret. */
  end: number;
  /** For a space: after which command. */
  command?: string;
}

/** Longer than any name. Characters. */
const mostTyped = 40;
/** A name as it is typed: letters and digits of any script, and what stands within names. */
const name = /([@#:/])([\p{L}\p{M}\p{N}_.+-]*)$/u;
/** A command, and what follows it so far. */
const argument = /^\/([a-z]+) +(\S[^\n]*)?$/i;
/** What may stand right before a mark; anything else makes it part of a word, an address or a smiley. */
const mayPrecede = /^$|[\s([{"'“‘«*_~>|]$/u;

/** What the text before the caret asks to be suggested; `null` when it asks for nothing, as within code. */
export function readTrigger(text: string, caret: number): Trigger | null {
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
  const match = name.exec(line.slice(-mostTyped));
  if (match === null) return readArgument(text.slice(0, caret));
  const [whole, mark, typed = ''] = match as unknown as [string, Mark, string];
  const start = caret - whole.length;
  if (mark === '/' && start !== 0) return null;
  // So that `:)` and a colon at the end of a word bring up nothing.
  if (mark === ':' && typed.length < 2) return null;
  if (!mayPrecede.test(text.slice(0, start).slice(-1))) return null;
  return isInCode(text.slice(0, start), line) ? null : { mark, typed, start, end: caret };
}

function readArgument(before: string): Trigger | null {
  const [whole, command, typed = ''] = argument.exec(before) ?? [];
  if (whole === undefined || command === undefined || typed.length > mostTyped) return null;
  const end = before.length;
  return { mark: ' ', typed, start: end - typed.length, end, command: command.toLowerCase() };
}

function isInCode(before: string, line: string): boolean {
  const fences = before.match(/^\s*```/gm)?.length ?? 0;
  const ticks = line.match(/`+/g)?.length ?? 0;
  return fences % 2 === 1 || ticks % 2 === 1;
}

/** The code of an emoji whose second colon was just typed, and where it stands. */
export function closedEmojiCode(text: string, caret: number): { code: string; start: number } | null {
  const match = /(?:^|[\s(])(:([\w+-]{2,40}):)$/u.exec(text.slice(0, caret).slice(-mostTyped - 3));
  if (match === null) return null;
  const [, whole = '', code = ''] = match;
  return { code, start: caret - whole.length };
}
