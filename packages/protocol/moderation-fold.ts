import type { LoggedEvent } from './events.ts';
import { limits } from './limits.ts';
import type { OwnModeration } from './moderation.ts';

/** What of moderation concerns oneself, after an event of one's inbox. The same object where the event is of something else. */
export function withModeration(before: OwnModeration, event: LoggedEvent): OwnModeration {
  switch (event.event) {
    case 'inbox.mutes-changed':
      return { ...before, mutes: event.data.mutes };
    case 'inbox.moderation-noted': {
      const note = { ...event.data, seq: event.seq, at: event.at };
      return { ...before, notes: [...before.notes, note].slice(-limits.moderationNotes) };
    }
    case 'inbox.moderation-note-seen':
      return { ...before, notes: before.notes.filter(({ seq }) => seq !== event.data.seq) };
    case 'inbox.reports-changed': {
      const others = before.reports.filter(({ space }) => space !== event.data.space);
      const reports = event.data.open === 0 ? others : [...others, event.data];
      return { ...before, reports: reports.sort((left, right) => (left.space < right.space ? -1 : 1)) };
    }
    case 'inbox.space-removed':
      return { ...before, reports: before.reports.filter(({ space }) => space !== event.data.space) };
    default:
      return before;
  }
}
