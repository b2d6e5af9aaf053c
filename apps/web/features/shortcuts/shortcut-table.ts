import { type Sentence, sentence } from '../../language/sentences.ts';

/** What the shell itself does; the other shortcuts belong to the place that has the focus. */
export type ShortcutAction =
  | 'palette'
  | 'search'
  | 'room-above'
  | 'room-below'
  | 'unread-above'
  | 'unread-below'
  | 'write'
  | 'attach'
  | 'new-message'
  | 'favourite'
  | 'section'
  | 'members'
  | 'pins'
  | 'files'
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
  readonly does: Sentence;
  /** Absent where the place that has the focus listens for it. */
  readonly action?: ShortcutAction;
}

export interface ShortcutPart {
  readonly part: Sentence;
  readonly rows: readonly Shortcut[];
}

/**
 * Every key of the app: what the shell listens for and the map that `?` shows both come from here. `Ctrl` is ⌘ on a
 * Mac. Keys that are a letter alone are left alone while one types, and can be switched off in the settings.
 */
export const SHORTCUTS: readonly ShortcutPart[] = [
  {
    part: sentence('Everywhere'),
    rows: [
      { keys: 'Ctrl+K', does: sentence('Go to a room, a person, a page or a command'), action: 'palette' },
      { keys: 'Ctrl+Shift+F', does: sentence('Search messages'), action: 'search' },
      { keys: 'Ctrl+,', does: sentence('Settings'), action: 'settings' },
      { keys: 'Esc', does: sentence('Close what is on top'), action: 'close' },
      { keys: '?', does: sentence('Show this map'), action: 'map' },
    ],
  },
  {
    part: sentence('Rooms'),
    rows: [
      { keys: 'Alt+↑', does: sentence('Room above'), action: 'room-above' },
      { keys: 'Alt+↓', does: sentence('Room below'), action: 'room-below' },
      { keys: 'Alt+Shift+↑', does: sentence('Unread room above'), action: 'unread-above' },
      { keys: 'Alt+Shift+↓', does: sentence('Unread room below'), action: 'unread-below' },
      { keys: 'W', does: sentence('Write in this room'), action: 'write' },
      { keys: 'A', does: sentence('Attach files'), action: 'attach' },
      { keys: 'N', does: sentence('New message'), action: 'new-message' },
      { keys: 'F', does: sentence('Keep this room on top, or no longer'), action: 'favourite' },
      { keys: 'V', does: sentence('Place this room in your list'), action: 'section' },
      { keys: 'I', does: sentence('Members of this room'), action: 'members' },
      { keys: 'P', does: sentence('Pinned messages'), action: 'pins' },
      { keys: 'D', does: sentence('Files of this room'), action: 'files' },
    ],
  },
  {
    part: sentence('Go to'),
    rows: [
      { keys: 'G H', does: sentence('Room list'), action: 'go-home' },
      { keys: 'G T', does: sentence('Threads'), action: 'go-threads' },
      { keys: 'G M', does: sentence('Mentions'), action: 'go-mentions' },
      { keys: 'G S', does: sentence('Saved'), action: 'go-saved' },
      { keys: 'G L', does: sentence('Scheduled'), action: 'go-later' },
      { keys: 'G B', does: sentence('Browse rooms'), action: 'go-browse' },
    ],
  },
  {
    part: sentence('In the room list'),
    rows: [
      { keys: '↑ ↓', does: sentence('From room to room') },
      { keys: 'Shift+F10', does: sentence('Place the room in your list') },
    ],
  },
  {
    part: sentence('Writing'),
    rows: [
      { keys: 'Enter', does: sentence('Send') },
      { keys: 'Shift+Enter', does: sentence('New line') },
      { keys: '↑', does: sentence('Edit your last message') },
      { keys: '@ # : /', does: sentence('Suggest people, rooms, emoji, commands') },
      { keys: 'Ctrl+U', does: sentence('Attach files') },
      { keys: 'Ctrl+B', does: sentence('Bold') },
      { keys: 'Ctrl+I', does: sentence('Italic') },
      { keys: 'Ctrl+E', does: sentence('Code') },
    ],
  },
  {
    part: sentence('On an attached file'),
    rows: [
      { keys: 'Shift+↑', does: sentence('Move forward') },
      { keys: 'Shift+↓', does: sentence('Move back') },
      { keys: 'Delete', does: sentence('Remove') },
    ],
  },
  {
    part: sentence('On a message'),
    rows: [
      { keys: '↑ ↓', does: sentence('From message to message') },
      { keys: 'E', does: sentence('Edit') },
      { keys: 'T', does: sentence('Reply in a thread') },
      { keys: 'Q', does: sentence('Quote') },
      { keys: 'U', does: sentence('Mark as unread') },
      { keys: 'C', does: sentence('Copy the text') },
      { keys: 'Delete', does: sentence('Delete') },
    ],
  },
];
