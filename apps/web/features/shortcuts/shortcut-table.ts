/** What the shell itself does; the other shortcuts belong to the place that has the focus. */
export type ShortcutAction =
  | 'palette'
  | 'search'
  | 'room-above'
  | 'room-below'
  | 'unread-above'
  | 'unread-below'
  | 'write'
  | 'new-message'
  | 'favourite'
  | 'section'
  | 'members'
  | 'pins'
  | 'go-home'
  | 'go-threads'
  | 'go-mentions'
  | 'go-saved'
  | 'go-later'
  | 'go-browse'
  | 'settings'
  | 'map'
  | 'close';

export interface Shortcut {
  /** Keys pressed together stand with `+` between them, those pressed one after the other with a space. */
  readonly keys: string;
  readonly does: string;
  /** Absent where the place that has the focus listens for it. */
  readonly action?: ShortcutAction;
}

export interface ShortcutPart {
  readonly part: string;
  readonly rows: readonly Shortcut[];
}

/**
 * Every key of the app: what the shell listens for and the map that `?` shows both come from here. `Ctrl` is ⌘ on a
 * Mac. Keys that are a letter alone are left alone while one types, and can be switched off in the settings.
 */
export const SHORTCUTS: readonly ShortcutPart[] = [
  {
    part: 'Everywhere',
    rows: [
      { keys: 'Ctrl+K', does: 'Go to a room, a person, a page or a command', action: 'palette' },
      { keys: 'Ctrl+Shift+F', does: 'Search messages', action: 'search' },
      { keys: 'Ctrl+,', does: 'Settings', action: 'settings' },
      { keys: 'Esc', does: 'Close what is on top', action: 'close' },
      { keys: '?', does: 'Show this map', action: 'map' },
    ],
  },
  {
    part: 'Rooms',
    rows: [
      { keys: 'Alt+↑', does: 'Room above', action: 'room-above' },
      { keys: 'Alt+↓', does: 'Room below', action: 'room-below' },
      { keys: 'Alt+Shift+↑', does: 'Unread room above', action: 'unread-above' },
      { keys: 'Alt+Shift+↓', does: 'Unread room below', action: 'unread-below' },
      { keys: 'W', does: 'Write in this room', action: 'write' },
      { keys: 'N', does: 'New message', action: 'new-message' },
      { keys: 'F', does: 'Keep this room on top, or no longer', action: 'favourite' },
      { keys: 'V', does: 'Place this room in your list', action: 'section' },
      { keys: 'I', does: 'Members of this room', action: 'members' },
      { keys: 'P', does: 'Pinned messages', action: 'pins' },
    ],
  },
  {
    part: 'Go to',
    rows: [
      { keys: 'G H', does: 'Room list', action: 'go-home' },
      { keys: 'G T', does: 'Threads', action: 'go-threads' },
      { keys: 'G M', does: 'Mentions', action: 'go-mentions' },
      { keys: 'G S', does: 'Saved', action: 'go-saved' },
      { keys: 'G L', does: 'Scheduled', action: 'go-later' },
      { keys: 'G B', does: 'Browse rooms', action: 'go-browse' },
    ],
  },
  {
    part: 'In the room list',
    rows: [
      { keys: '↑ ↓', does: 'From room to room' },
      { keys: 'Shift+F10', does: 'Place the room in your list' },
    ],
  },
  {
    part: 'Writing',
    rows: [
      { keys: 'Enter', does: 'Send' },
      { keys: 'Shift+Enter', does: 'New line' },
      { keys: '↑', does: 'Edit your last message' },
      { keys: '@ # : /', does: 'Suggest people, rooms, emoji, commands' },
      { keys: 'Ctrl+B', does: 'Bold' },
      { keys: 'Ctrl+I', does: 'Italic' },
      { keys: 'Ctrl+E', does: 'Code' },
    ],
  },
  {
    part: 'On a message',
    rows: [
      { keys: '↑ ↓', does: 'From message to message' },
      { keys: 'E', does: 'Edit' },
      { keys: 'T', does: 'Reply in a thread' },
      { keys: 'Q', does: 'Quote' },
      { keys: 'U', does: 'Mark as unread' },
      { keys: 'C', does: 'Copy the text' },
      { keys: 'Delete', does: 'Delete' },
    ],
  },
];
