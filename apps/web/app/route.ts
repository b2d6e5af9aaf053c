import type { RoomId } from '@confab/protocol';

/** Every address of the app. A panel is part of the address, so that the back gesture of a phone closes it. */
export type Route =
  | { page: 'home' }
  | { page: 'browse' }
  | { page: 'room'; room: RoomId; seq: number | null; panel: 'members' | null }
  | { page: 'join'; token: string }
  | { page: 'settings' }
  | { page: 'space' }
  | { page: 'doors' }
  | { page: 'design' }
  | { page: 'unknown' };

const plain = {
  '/': 'home',
  '/browse': 'browse',
  '/settings': 'settings',
  '/space': 'space',
  '/doors': 'doors',
  '/design': 'design',
} as const;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const inviteToken = /^[A-Za-z0-9_-]{20,128}$/;
const position = /^[1-9]\d{0,14}$/;

/** Reads a path such as `/rooms/<id>/42` and a query such as `?panel=members`. */
export function parseRoute(path: string, query: string): Route {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  if (Object.hasOwn(plain, trimmed)) return { page: plain[trimmed as keyof typeof plain] };
  const [, first, second, third, ...rest] = trimmed.split('/');
  if (first === 'join' && second !== undefined && third === undefined && inviteToken.test(second)) {
    return { page: 'join', token: second };
  }
  if (first !== 'rooms' || second === undefined || !uuid.test(second) || rest.length > 0) return { page: 'unknown' };
  if (third !== undefined && !position.test(third)) return { page: 'unknown' };
  return {
    page: 'room',
    room: second as RoomId,
    seq: third === undefined ? null : Number(third),
    panel: new URLSearchParams(query).get('panel') === 'members' ? 'members' : null,
  };
}

/** The address of a route: what links and the address bar show. */
export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'home':
    case 'unknown':
      return '/';
    case 'join':
      return `/join/${route.token}`;
    case 'room':
      return `/rooms/${route.room}${route.seq === null ? '' : `/${route.seq}`}${route.panel ? `?panel=${route.panel}` : ''}`;
    default:
      return `/${route.page}`;
  }
}

export function roomRoute(room: RoomId, seq: number | null = null): Route {
  return { page: 'room', room, seq, panel: null };
}
