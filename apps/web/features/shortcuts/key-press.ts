import { isMac, keyName } from './key-name.ts';

const names: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

type Press = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'getModifierState'
>;

/** Keys to press together, by name, one list for each that follows another: `G T` gives two, `Ctrl+K` one. */
export function keySteps(keys: string): string[][] {
  return keys.split(' ').map((step) => step.split('+').map(keyName));
}

/**
 * What is pressed, as the table of shortcuts writes it; `null` for what belongs to the input method. On a keyboard
 * without Latin letters the letter is told by its place.
 */
export function readPress(event: Press, mac = isMac): string | null {
  if (event.isComposing || event.key === 'Process' || event.key === 'Dead') return null;
  // AltGr writes characters; browsers also tell of it as Ctrl and Alt.
  if (event.getModifierState('AltGraph')) return null;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (other) return null;
  const command = mac ? event.metaKey : event.ctrlKey;
  const key = keyOf(event, command || event.altKey);
  const isLetter = /^[A-Z]$/.test(key);
  // The Shift that a sign such as ? is written with is part of the sign.
  const shift = event.shiftKey && (isLetter || key.length > 1 || key === '↑' || key === '↓');
  return [command && 'Ctrl', event.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}

function keyOf({ key, code }: Press, modified: boolean): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const latin = /^[\x20-\x7e]$/.test(key);
  if (letter !== undefined && !latin && (modified || key.length === 1)) return letter;
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** Whether it is a key alone, such as a letter, which somebody who speaks to the computer may press without meaning to. */
export const isSingle = (press: string): boolean =>
  press.length === 1 && press !== '?' && press !== '↑' && press !== '↓';

/** Whether a key press is meant as text, so that single keys must leave it alone. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input,textarea,select,[contenteditable]') !== null;
}
