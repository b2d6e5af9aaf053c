import type { RoomId } from '@confab/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { WatchState } from './door-watch.ts';
import { watches } from './watches/index.ts';

/** Arrival times that one door keeps. */
const keptArrivals = 100;

export interface WatchFigures {
  readonly state: WatchState;
  readonly requests: number;
  readonly chars: number;
  /** Milliseconds from sending to arrival, the latest last. */
  readonly arrivals: readonly number[];
  /** The client id of the latest message of this page that arrived. */
  readonly heard: string | null;
}

const nothingYet: WatchFigures = { state: 'connecting', requests: 0, chars: 0, arrivals: [], heard: null };

/** Keeps all doors open on a room, and measures on this page's clock how long a message takes through each. */
export function useWatches(room: RoomId) {
  const [figures, setFigures] = useState<readonly WatchFigures[]>(() => watches.map(() => nothingYet));
  const [sent, setSent] = useState<string | null>(null);
  const sentAt = useRef(new Map<string, number>());

  useEffect(() => {
    setFigures(watches.map(() => nothingYet));
    setSent(null);
    const update = (index: number, change: (last: WatchFigures) => WatchFigures) =>
      setFigures((all) => all.map((each, at) => (at === index ? change(each) : each)));
    const stops = watches.map((watch, index) =>
      watch.start(room, {
        state: (state) => update(index, (last) => ({ ...last, state })),
        asked: () => update(index, (last) => ({ ...last, requests: last.requests + 1 })),
        received: (chars) => update(index, (last) => ({ ...last, chars: last.chars + chars })),
        message(clientId) {
          const at = sentAt.current.get(clientId);
          if (at === undefined) return;
          const ms = performance.now() - at;
          const kept = 1 - keptArrivals;
          update(index, (last) => ({ ...last, heard: clientId, arrivals: [...last.arrivals.slice(kept), ms] }));
        },
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [room]);

  /** Notes that a message with this client id is on its way. */
  const sending = useCallback((clientId: string) => {
    sentAt.current.set(clientId, performance.now());
    setSent(clientId);
  }, []);
  return { figures, sent, sending };
}
