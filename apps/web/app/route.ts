import type { MessageId, RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { type SettingsPart, settingsTitles } from '../features/settings/settings-titles.ts';

/** What stands beside a room, by its name in the address. */
const panels = ['details', 'members', 'pins', 'files'] as const;

/** A thread beside its room; `seq`: the reply that the address names. */
export interface ThreadPanel {
  thread: MessageId;
  seq: number | null;
}

/** What was looked for, as typed; empty when nothing was yet. */
export interface SearchState {
  search: string;
  /** The best first, instead of the newest. */
  best: boolean;
}

/** What was found, beside a room. */
export interface SearchPanel extends SearchState {
  /** In this room only. */
  here: boolean;
}

export type Panel = (typeof panels)[number] | ThreadPanel | SearchPanel;

const noSearch: SearchPanel = { search: '', best: false, here: false };

/** Every address of the app. A panel is part of the address, so that the back gesture of a phone closes it. */
export type Route =
  | { page: 'home' }
  | { page: 'browse' }
  | { page: 'room'; room: RoomId; seq: number | null; panel: Panel | null }
  /** A message, wherever it stands: leads to its place in the room, or in its thread. */
  | { page: 'message'; room: RoomId; message: MessageId }
  | { page: 'threads' }
  | { page: 'saved' }
  | { page: 'scheduled' }
  | { page: 'mentions' }
  | ({ page: 'search' } & SearchState)
  | { page: 'join'; token: string }
  /** Where links in mails lead. */
  | { page: 'verify-email' | 'unsubscribe'; token: string }
  | { page: 'settings'; part: SettingsPart | null }
  | { page: 'notification-test' }
  /** Where what another program shares asks for its room. */
  | { page: 'share' }
  | { page: 'space' }
  | { page: 'moderation' }
  | { page: 'doors' }
  | { page: 'design' }
  | { page: 'unknown' };

const plain = {
  '/': 'home',
  '/browse': 'browse',
  '/threads': 'threads',
  '/saved': 'saved',
  '/scheduled': 'scheduled',
  '/mentions': 'mentions',
  '/notification-test': 'notification-test',
  '/share': 'share',
  '/space': 'space',
  '/moderation': 'moderation',
  '/doors': 'doors',
  '/design': 'design',
} as const;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Of an invitation, or of a link in a mail. */
const token = /^[A-Za-z0-9_-]{20,128}$/;
const position = /^[1-9]\d{0,14}$/;

/** Reads a path such as `/rooms/<id>/42` and a query such as `?panel=members`. */
export function parseRoute(path: string, query: string): Route {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  if (Object.hasOwn(plain, trimmed)) return { page: plain[trimmed as keyof typeof plain] };
  if (trimmed === '/search') return { page: 'search', ...parseSearch(new URLSearchParams(query)) };
  const [, first, second, third, fourth, ...rest] = trimmed.split('/');
  if (first === 'join' && second !== undefined && third === undefined && token.test(second)) {
    return { page: 'join', token: second };
  }
  if (first === 'settings' && third === undefined) {
    const isPart = second === undefined || Object.hasOwn(settingsTitles, second);
    return isPart ? { page: first, part: (second as SettingsPart | undefined) ?? null } : { page: 'unknown' };
  }
  if ((first === 'verify-email' || first === 'unsubscribe') && second !== undefined && third === undefined) {
    return token.test(second) ? { page: first, token: second } : { page: 'unknown' };
  }
  if (first !== 'rooms' || second === undefined || !uuid.test(second) || rest.length > 0) return { page: 'unknown' };
  if (third === 'messages' && fourth !== undefined && uuid.test(fourth)) {
    return { page: 'message', room: second as RoomId, message: fourth as MessageId };
  }
  if (fourth !== undefined) return { page: 'unknown' };
  if (third !== undefined && !position.test(third)) return { page: 'unknown' };
  return {
    page: 'room',
    room: second as RoomId,
    seq: third === undefined ? null : Number(third),
    panel: parsePanel(new URLSearchParams(query)),
  };
}

function parseSearch(query: URLSearchParams): SearchState {
  return { search: (query.get('search') ?? '').slice(0, limits.searchChars), best: query.get('sort') === 'best' };
}

function formatSearch({ search, best }: SearchState): string {
  return `?search=${encodeURIComponent(search)}${best ? '&sort=best' : ''}`;
}

function parsePanel(query: URLSearchParams): Panel | null {
  if (query.has('search')) return { ...parseSearch(query), here: query.has('here') };
  const thread = query.get('thread');
  if (thread === null) return panels.find((panel) => panel === query.get('panel')) ?? null;
  const at = query.get('at') ?? '';
  return uuid.test(thread) ? { thread: thread as MessageId, seq: position.test(at) ? Number(at) : null } : null;
}

function formatPanel(panel: Panel | null): string {
  if (panel === null) return '';
  if (typeof panel === 'string') return `?panel=${panel}`;
  if ('search' in panel) return `${formatSearch(panel)}${panel.here ? '&here' : ''}`;
  return `?thread=${panel.thread}${panel.seq === null ? '' : `&at=${panel.seq}`}`;
}

/** The address of a route: what links and the address bar show. */
export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'home':
    case 'unknown':
      return '/';
    case 'join':
    case 'verify-email':
    case 'unsubscribe':
      return `/${route.page}/${route.token}`;
    case 'room':
      return `/rooms/${route.room}${route.seq === null ? '' : `/${route.seq}`}${formatPanel(route.panel)}`;
    case 'search':
      return `/search${route.search === '' && !route.best ? '' : formatSearch(route)}`;
    case 'settings':
      return `/settings${route.part === null ? '' : `/${route.part}`}`;
    case 'message':
      return `/rooms/${route.room}/messages/${route.message}`;
    default:
      return `/${route.page}`;
  }
}

/** A thread beside its room. */
export function threadRoute(room: RoomId, thread: MessageId, seq: number | null = null): Route {
  return { page: 'room', room, seq: null, panel: { thread, seq } };
}

export function roomRoute(room: RoomId, seq: number | null = null): Route {
  return { page: 'room', room, seq, panel: null };
}

/** Searching from somewhere: beside the room that one is in, otherwise on a page of its own. */
export function searchRoute(from: Route): Route {
  return from.page === 'room' ? { ...from, panel: noSearch } : { page: 'search', search: '', best: false };
}
