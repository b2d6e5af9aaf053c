import type { DialogRequest } from '../../app/dialogs.tsx';
import type { Route } from '../../app/route.ts';

interface Place {
  readonly title: string;
  /** Other words for it. */
  readonly also: string;
  readonly to?: Route;
  readonly opens?: DialogRequest;
}

/** Pages and dialogs that one can always go to. */
export const places: readonly Place[] = [
  { title: 'Threads', also: 'replies', to: { page: 'threads' } },
  { title: 'Mentions', also: 'named called', to: { page: 'mentions' } },
  { title: 'Saved messages', also: 'bookmarks reminders later', to: { page: 'saved' } },
  { title: 'Scheduled messages', also: 'drafts send later', to: { page: 'scheduled' } },
  { title: 'Search messages', also: 'find', to: { page: 'search', search: '', best: false } },
  { title: 'Browse rooms', also: 'channels join', to: { page: 'browse' } },
  { title: 'Members of the space', also: 'people', to: { page: 'space' } },
  { title: 'Settings', also: 'preferences profile theme password', to: { page: 'settings' } },
  { title: 'New message', also: 'direct group write', opens: { kind: 'new-message' } },
  { title: 'Your status', also: 'away lunch holiday', opens: { kind: 'status' } },
  { title: 'Keyboard shortcuts', also: 'keys help', opens: { kind: 'shortcuts' } },
];
