import type { RoomId, UserId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import type { Confab } from '../api.ts';

/** What someone else told a room, or the same person on another device. */
export interface Broadcast {
  /** Who, as the server knows them. */
  readonly user: UserId;
  readonly name: string;
  /** As it was sent: anything that JSON can say. */
  readonly data: unknown;
}

export interface RoomBroadcasts {
  /**
   * Tells everyone who has the room open, and nobody later: for pointers, positions, cues. At most 16,384 characters of
   * JSON. Rejects with a `ConfabError`, for instance `too-many-requests` beyond 40 a second.
   */
  send(name: string, data: unknown): Promise<void>;
  /** Calls back for each broadcast of others; the answer ends it. */
  on(listener: (broadcast: Broadcast) => void): () => void;
  /** Stops hearing the room on their account. */
  close(): void;
}

/** Broadcasts in a room, sent and heard; keeps the room open as long as it is not closed. */
export function createBroadcasts(confab: Confab, room: RoomId): RoomBroadcasts {
  const from = crypto.randomUUID();
  const listeners = new Set<(broadcast: Broadcast) => void>();
  const release = confab.rooms.timeline(room).open();
  const stop = confab.onEphemeral((event) => {
    if (event.event !== 'broadcast.sent' || event.log !== roomLog(room) || event.data.from === from) return;
    const { user, name, payload } = event.data;
    const broadcast = { user, name, data: dataOf(payload) };
    for (const listener of listeners) listener(broadcast);
  });
  return {
    async send(name, data) {
      await confab.call('broadcast.send', { room, from, name, payload: JSON.stringify(data) ?? 'null' });
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      stop();
      release();
    },
  };
}

/** Programs of other makes may send what is no JSON: then it is a text. */
function dataOf(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
