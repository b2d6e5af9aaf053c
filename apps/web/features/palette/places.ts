import type { DialogRequest } from '../../app/dialogs.tsx';
import type { Route } from '../../app/route.ts';
import { type Sentence, sentence } from '../../language/sentences.ts';
import type { Asked } from '../uploads/ask-composer.ts';

interface Place {
  readonly title: Sentence;
  /** Other words for it. */
  readonly also: Sentence;
  readonly to?: Route;
  readonly opens?: DialogRequest;
  /** What the composer of the room does: there has to be one. */
  readonly asks?: Asked;
}

/** Pages and dialogs that one can always go to, and what one can do in a room. */
export const places: readonly Place[] = [
  { title: sentence('Threads'), also: sentence('replies'), to: { page: 'threads' } },
  { title: sentence('Mentions'), also: sentence('named called'), to: { page: 'mentions' } },
  { title: sentence('Saved messages'), also: sentence('bookmarks reminders later'), to: { page: 'saved' } },
  { title: sentence('Scheduled messages'), also: sentence('drafts send later'), to: { page: 'scheduled' } },
  { title: sentence('Search messages'), also: sentence('find'), to: { page: 'search', search: '', best: false } },
  { title: sentence('Browse rooms'), also: sentence('channels join'), to: { page: 'browse' } },
  { title: sentence('Members of the space'), also: sentence('people'), to: { page: 'space' } },
  {
    title: sentence('Settings'),
    also: sentence('preferences profile theme password'),
    to: { page: 'settings', part: null },
  },
  { title: sentence('New message'), also: sentence('direct group write'), opens: { kind: 'new-message' } },
  { title: sentence('Attach files'), also: sentence('upload picture video document'), asks: 'attach' },
  { title: sentence('Record a voice message'), also: sentence('microphone sound speak'), asks: 'record' },
  { title: sentence('Your status'), also: sentence('away lunch holiday'), opens: { kind: 'status' } },
  { title: sentence('Keyboard shortcuts'), also: sentence('keys help'), opens: { kind: 'shortcuts' } },
];
