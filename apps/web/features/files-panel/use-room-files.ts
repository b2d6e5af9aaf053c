import { useConfab } from '@confab/client/react';
import type { LoggedEvent, Person, PlacedFile, RoomId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { failureSentence } from '../../app/failure-sentence.ts';
import { type FileFilter, withEvent } from './listed-files.ts';

interface RoomFiles {
  /** `null` until the first page is there. */
  files: readonly PlacedFile[] | null;
  /** Who sent those that were listed so far. */
  people: ReadonlyMap<string, Person>;
  more: boolean;
  /** Something is on its way. */
  loading: boolean;
  failure: string | null;
  loadMore(): void;
}

/** A room's files as they are now, a page at a time. What was found stays in sight while something else is looked for. */
export function useRoomFiles(room: RoomId, filter: FileFilter): RoomFiles {
  const confab = useConfab();
  const [files, setFiles] = useState<readonly PlacedFile[] | null>(null);
  const [people, setPeople] = useState<ReadonlyMap<string, Person>>(new Map());
  const [more, setMore] = useState(false);
  const [loading, setLoading] = useState(true);
  const [failure, setFailure] = useState<string | null>(null);
  const round = useRef(0);
  /** What happened while a page is on its way, which may not know of it yet. */
  const meanwhile = useRef<LoggedEvent[]>([]);
  const key = JSON.stringify([filter.kind, filter.name, filter.by]);

  const ask = useCallback(
    async (wanted: FileFilter, before: readonly PlacedFile[]) => {
      round.current += 1;
      const own = round.current;
      meanwhile.current = [];
      setLoading(true);
      const last = before.at(-1);
      try {
        const page = await confab.files.list(room, { ...wanted, ...(last ? { before: last.file.id } : {}) });
        if (own !== round.current) return;
        const all = [...before, ...page.files];
        setFiles(
          meanwhile.current.reduce((list, event) => withEvent(list, event, wanted), all as readonly PlacedFile[]),
        );
        setPeople((known) => new Map([...known, ...page.people.map((person) => [person.id, person] as const)]));
        setMore(page.more);
        setFailure(null);
      } catch (error) {
        if (own === round.current) setFailure(failureSentence(error));
      }
      if (own === round.current) setLoading(false);
    },
    [confab, room],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is looked for
  useEffect(() => {
    void ask(filter, []);
    const stop = confab.onEvent((event) => {
      if (event.log !== roomLog(room)) return;
      meanwhile.current.push(event);
      setFiles((list) => list && withEvent(list, event, filter));
    });
    return () => {
      round.current += 1;
      stop();
    };
  }, [ask, key]);

  return { files, people, more, loading, failure, loadMore: () => void ask(filter, files ?? []) };
}
