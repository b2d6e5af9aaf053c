import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type DoorParts, mayConnect } from '../door.ts';
import { notNow, refusalNow } from '../not-now.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

/** Names the version that is spoken here (RFC 6455, section 4.4; RFC 9110, section 15.5.22). */
const otherVersion = { status: 426, headers: ['Upgrade: websocket', 'Sec-WebSocket-Version: 13'] };

/**
 * Refuses an upgrade from a foreign page, one that comes when nobody may (`isFull`: by the door's own bound), and
 * another version of WebSocket. Answers whether it did.
 */
export function turnAway(
  { origins, reception, addressOf }: Pick<DoorParts, 'origins' | 'reception' | 'addressOf'>,
  request: IncomingMessage,
  socket: Duplex,
  isFull = false,
): boolean {
  if (!mayConnect(origins, request)) {
    refuseUpgrade(socket, 'foreign-origin');
    return true;
  }
  const refused = refusalNow(reception, addressOf(request)) ?? (isFull ? notNow.overloaded : undefined);
  if (refused !== undefined) {
    refuseUpgrade(socket, refused.code, refused.details);
    return true;
  }
  if (request.headers['sec-websocket-version'] === '13') return false;
  refuseUpgrade(socket, 'malformed', {}, otherVersion);
  return true;
}
