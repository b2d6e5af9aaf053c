export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const macNames: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };

/** `Ctrl` as this device's keyboard calls it. */
export function keyName(key: string): string {
  return isMac ? (macNames[key] ?? key) : key;
}
