import type {
  Bookmark,
  Draft,
  Export,
  ExportId,
  MessageId,
  Reminder,
  ScheduledId,
  ScheduledMessage,
  UserId,
} from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import { isEmptyDraft, saysTheSame } from '@confab/protocol/same-draft.ts';
import { FakeSections, sectionHandlers } from './fake-sections.ts';
import type { FakeServer, Handlers } from './fake-server.ts';

/** What people of the fake server keep for themselves. Keys begin with the person. */
export class FakeKept {
  readonly drafts = new Map<string, Draft>();
  readonly scheduled = new Map<string, ScheduledMessage>();
  readonly reminders = new Map<string, Reminder>();
  readonly bookmarks = new Map<string, Bookmark>();
  /** By the person’s id and the export’s. */
  readonly exports = new Map<string, Export>();
  readonly sections = new FakeSections();

  home(user: UserId) {
    const of = <T>(kept: Map<string, T>) =>
      [...kept].flatMap(([key, value]) => (key.startsWith(`${user} `) ? value : []));
    return {
      drafts: of(this.drafts).filter((draft) => !isEmptyDraft(draft)),
      scheduled: of(this.scheduled),
      reminders: of(this.reminders),
      ...this.sections.home(user),
    };
  }

  bookmarksOf(user: UserId): Bookmark[] {
    return [...this.bookmarks].flatMap(([key, value]) => (key.startsWith(`${user} `) ? value : [])).reverse();
  }
}

export function keptHandlers(server: FakeServer): Handlers {
  const { drafts, scheduled, reminders, bookmarks, exports } = server.kept;
  const log = (user: UserId) => server.log(inboxLog(user));
  const waiting = (user: UserId, id: ScheduledId) => {
    const found = scheduled.get(`${user} ${id}`);
    if (found === undefined) throw toWireError('not-found');
    return found;
  };
  const roomOf = (message: MessageId) => {
    const found = [...server.rooms.values()].find((room) => room.messages().some(({ id }) => id === message));
    if (found === undefined) throw toWireError('not-found');
    return found;
  };
  return {
    ...sectionHandlers(server),
    'draft.list': (user) => ({ drafts: server.kept.home(user).drafts }),
    'draft.save': (user, draft) => {
      const key = `${user} ${draft.room} ${draft.thread ?? ''}`;
      const before = drafts.get(key);
      if (before && (before.at > draft.at || saysTheSame(before, draft))) return { draft: before };
      drafts.set(key, draft);
      const frame = { event: 'draft.changed', log: inboxLog(user), at: draft.at, data: draft };
      for (const connection of server.connections) if (connection.user === user) connection.push(frame);
      return { draft };
    },
    'scheduled.create': (user, { room, thread, clientId, text, files, dueAt }) => {
      const id = `scheduled-${scheduled.size + 1}` as ScheduledId;
      const brought = files ? { files: server.files.take(user, files, clientId) } : {};
      const made = { id, room, ...(thread ? { thread } : {}), clientId, text, ...brought, dueAt, createdAt: 0 };
      scheduled.set(`${user} ${id}`, made);
      log(user)?.append('inbox.scheduled-set', user, made);
      return { scheduled: made };
    },
    'scheduled.update': (user, { scheduled: id, files: ids, ...change }) => {
      const { files: had = [], ...before } = waiting(user, id);
      const files = ids ? had.filter((file) => ids.includes(file.id)) : had;
      const changed = { ...before, ...change, ...(files.length > 0 ? { files } : {}) };
      scheduled.set(`${user} ${id}`, changed);
      log(user)?.append('inbox.scheduled-set', user, changed);
      return { scheduled: changed };
    },
    'scheduled.cancel': (user, { scheduled: id }) => {
      scheduled.delete(`${user} ${waiting(user, id).id}`);
      log(user)?.append('inbox.scheduled-removed', user, { id });
      return {};
    },
    'scheduled.send-now': (user, { scheduled: id }) => {
      const { room, clientId, text, files } = waiting(user, id);
      const brought = files ? { files: files.map((file) => file.id) } : {};
      const posted = server.run(user, 'message.post', { room, clientId, text, ...brought }) as { id: MessageId };
      scheduled.delete(`${user} ${id}`);
      log(user)?.append('inbox.scheduled-removed', user, { id, message: posted.id });
      return {};
    },
    'reminder.set': (user, { message, dueAt }) => {
      const reminder = { message, room: roomOf(message).info.id, dueAt, toldAt: null };
      reminders.set(`${user} ${message}`, reminder);
      log(user)?.append('inbox.reminder-changed', user, reminder);
      return { reminder };
    },
    'reminder.remove': (user, { message }) => {
      if (reminders.delete(`${user} ${message}`)) log(user)?.append('inbox.reminder-removed', user, { message });
      return {};
    },
    'account.export': (user) => {
      const id = `export-${exports.size + 1}` as ExportId;
      const made: Export = { id, what: 'account', title: '', state: 'running', startedAt: 0, endsAt: null };
      exports.set(`${user} ${id}`, made);
      log(user)?.append('inbox.export-changed', user, made);
      return { export: made };
    },
    'export.list': (user) => {
      const own = [...exports].flatMap(([key, made]) =>
        key.startsWith(`${user} `) ? [{ export: made, parts: 0 }] : [],
      );
      return { exports: own.reverse() };
    },
    'export.remove': (user, { export: id }) => {
      exports.delete(`${user} ${id}`);
      log(user)?.append('inbox.export-removed', user, { export: id });
      return {};
    },
    'bookmark.add': (user, { message, note = '' }) => {
      const bookmark = { message, room: roomOf(message).info.id, at: 0, note };
      bookmarks.set(`${user} ${message}`, bookmark);
      log(user)?.append('inbox.bookmark-added', user, bookmark);
      return { bookmark };
    },
    'bookmark.remove': (user, { message }) => {
      if (bookmarks.delete(`${user} ${message}`)) log(user)?.append('inbox.bookmark-removed', user, { message });
      return {};
    },
    'bookmark.list': (user, { after, limit = 50 }) => {
      const all = server.kept.bookmarksOf(user);
      const from = all.findIndex(({ message }) => message === after) + 1;
      const page = all.slice(from, from + limit);
      const whole = page.map((bookmark) => ({ bookmark, message: roomOf(bookmark.message).message(bookmark.message) }));
      return { bookmarks: whole, people: [], more: all.length > from + limit };
    },
  };
}
