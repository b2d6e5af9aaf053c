/** Every keyboard shortcut of the app: the map that `?` shows is drawn from this. */
export const shortcuts: readonly { part: string; rows: readonly { keys: readonly string[]; does: string }[] }[] = [
  {
    part: 'Everywhere',
    rows: [
      { keys: ['Ctrl', 'K'], does: 'Jump to a room' },
      { keys: ['Ctrl', 'Shift', 'F'], does: 'Search messages' },
      { keys: ['Alt', '↑'], does: 'Room above' },
      { keys: ['Alt', '↓'], does: 'Room below' },
      { keys: ['Alt', 'Shift', '↓'], does: 'Next unread room' },
      { keys: ['Esc'], does: 'Close what is on top' },
      { keys: ['?'], does: 'Show this map' },
    ],
  },
  {
    part: 'Writing',
    rows: [
      { keys: ['Enter'], does: 'Send' },
      { keys: ['Shift', 'Enter'], does: 'New line' },
      { keys: ['↑'], does: 'Edit your last message' },
      { keys: ['@', '#', ':', '/'], does: 'Suggest people, rooms, emoji, commands' },
      { keys: ['Ctrl', 'B'], does: 'Bold' },
      { keys: ['Ctrl', 'I'], does: 'Italic' },
      { keys: ['Ctrl', 'E'], does: 'Code' },
    ],
  },
  {
    part: 'Messages',
    rows: [
      { keys: ['↑', '↓'], does: 'From message to message' },
      { keys: ['E'], does: 'Edit' },
      { keys: ['T'], does: 'Reply in a thread' },
      { keys: ['Q'], does: 'Quote' },
      { keys: ['U'], does: 'Mark as unread' },
      { keys: ['C'], does: 'Copy the text' },
      { keys: ['Delete'], does: 'Delete' },
    ],
  },
];

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** `Ctrl` as this device's keyboard calls it. */
export function keyName(key: string): string {
  if (!isMac) return key;
  return { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' }[key] ?? key;
}

/** Whether a key press is meant as text, so that single-letter shortcuts must leave it alone. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
