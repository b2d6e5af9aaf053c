import { type Sentence, sentence, t } from '../../language/sentences.ts';

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const macNames: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };

/** Keyboards have these in their own language. */
const names: Readonly<Record<string, Sentence>> = {
  Ctrl: sentence('Ctrl'),
  Shift: sentence('Shift'),
  Enter: sentence('Enter'),
  Esc: sentence('Esc'),
};

/** `Ctrl` as this device's keyboard calls it. */
export function keyName(key: string): string {
  const sign = isMac ? macNames[key] : undefined;
  const name = names[key];
  return sign ?? (name === undefined ? key : t(name));
}
