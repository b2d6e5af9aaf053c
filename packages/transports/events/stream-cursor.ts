import { type RoomId, roomLog } from '@confab/protocol';
import { decodeCursor, encodeCursor, type LogPosition, type Positions } from '../session/index.ts';

/**
 * Where an earlier answer stood: positions by log; or, for one named room, its own `<epoch>-<seq>`. `since` is the
 * Unix second since which a poller has heard nothing; it decides how soon it should ask again and nothing else.
 */
export type StreamCursor = { readonly since?: number } & (
  | { readonly kind: 'logs'; readonly positions: Positions }
  | { readonly kind: 'room'; readonly position: LogPosition }
);

/** A cursor of positions begins with the byte of its form, an `A`; so the two are never mistaken for each other. */
const form = /^(?:(?<epoch>\d{1,16})-(?<seq>\d{1,16})|(?<logs>A[A-Za-z0-9_-]*))(?:\.(?<since>[0-9a-z]{1,10}))?$/;

/** `undefined` for a text that is not a cursor. */
export function readCursor(text: string): StreamCursor | undefined {
  const { epoch, seq, logs, since } = form.exec(text)?.groups ?? {};
  const idle = since === undefined ? {} : { since: Number.parseInt(since, 36) };
  if (logs === undefined) {
    const position = { epoch: Number(epoch), seq: Number(seq) };
    return Number.isSafeInteger(position.epoch) && Number.isSafeInteger(position.seq)
      ? { kind: 'room', position, ...idle }
      : undefined;
  }
  const positions = decodeCursor(logs);
  return positions && { kind: 'logs', positions, ...idle };
}

/** The position of one room, the same for everyone who hears it. */
export function writeRoomCursor({ epoch, seq }: LogPosition): string {
  return `${epoch}-${seq}`;
}

/** The positions of all that is followed, or of these rooms only. */
export function writeCursor(positions: Positions, only?: ReadonlySet<RoomId>): string {
  if (only === undefined) return encodeCursor(positions);
  const named = [...only].flatMap((room) => {
    const position = positions.get(roomLog(room));
    return position === undefined ? [] : [[roomLog(room), position] as const];
  });
  return encodeCursor(new Map(named));
}

export function withSince(cursor: string, since: number): string {
  return `${cursor}.${since.toString(36)}`;
}
