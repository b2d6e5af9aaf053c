import type { SearchOptions } from '@confab/client';
import { useConfab } from '@confab/client/react';
import type { FoundMessage, FoundRoom, MessageId, RoomId } from '@confab/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { failureSentence } from '../../app/failure-sentence.ts';

export interface Found {
  entries: readonly FoundMessage[];
  rooms: ReadonlyMap<RoomId, FoundRoom>;
  next: MessageId | null;
  unknown: readonly string[];
}

interface SearchOf {
  search: string;
  best: boolean;
  room: RoomId | null;
}

interface SearchState {
  /** `null` while it is looked for, and when nothing is. */
  found: Found | null;
  searching: boolean;
  failure: string | null;
  loadMore(): void;
}

/** What is found, a page at a time. The last answer stays until the next is there. */
export function useSearch({ search, best, room }: SearchOf): SearchState {
  const confab = useConfab();
  const [found, setFound] = useState<Found | null>(null);
  const [searching, setSearching] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const round = useRef(0);
  const text = search.trim();
  const ask = useCallback(
    async (earlier: Found | null) => {
      round.current += 1;
      const own = round.current;
      setSearching(true);
      setFailure(null);
      const options: SearchOptions = {
        ...(best ? { order: 'best' } : {}),
        ...(room === null ? {} : { room }),
        ...(earlier?.next ? { before: earlier.next } : {}),
      };
      try {
        const answer = await confab.search.messages(text, options);
        if (own !== round.current) return;
        setFound({
          entries: [...(earlier?.entries ?? []), ...answer.found],
          rooms: new Map([...(earlier?.rooms ?? []), ...answer.rooms.map((each) => [each.id, each] as const)]),
          next: answer.next ?? null,
          unknown: answer.unknown,
        });
      } catch (error) {
        if (own === round.current) setFailure(failureSentence(error));
      }
      if (own === round.current) setSearching(false);
    },
    [confab, text, best, room],
  );
  useEffect(() => {
    setFound(null);
    setFailure(null);
    setSearching(false);
    if (text !== '') void ask(null);
    return () => {
      round.current += 1;
    };
  }, [ask, text]);
  return { found, searching, failure, loadMore: () => void ask(found) };
}
