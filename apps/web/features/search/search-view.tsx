import type { RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { Search, SearchX } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { SearchState } from '../../app/route.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { filters, hasFilter, withFilterToggled } from './query-filters.ts';
import styles from './search.module.css';
import { SearchResult } from './search-result.tsx';
import { type Found, useSearch } from './use-search.ts';

interface SearchViewProps {
  place: SearchState;
  /** The one room that is searched. */
  room: RoomId | null;
  /** Filters besides the usual ones. */
  further?: ReactNode;
  onChange: (place: SearchState) => void;
}

/** A field, what to narrow it by, and what was found. */
export function SearchView({ place, room, further, onChange }: SearchViewProps) {
  const [typed, setTyped] = useState(place.search);
  const field = useRef<HTMLInputElement>(null);
  const { search, best } = place;
  const { found, searching, failure, loadMore } = useSearch({ search, best, room });
  useEffect(() => setTyped(search), [search]);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ ...place, search: typed.trim() });
  };
  const toggle = (filter: string) => onChange({ ...place, search: withFilterToggled(typed, filter).trim() });
  return (
    <>
      <search>
        <form className={styles.form} onSubmit={submit}>
          <SearchField
            ref={field}
            label="Search messages"
            value={typed}
            maxLength={limits.searchChars}
            enterKeyHint="search"
            onChange={(event) => setTyped(event.target.value)}
          />
        </form>
      </search>
      <div className={styles.narrow}>
        <fieldset className={styles.chips} aria-label="Narrow the search">
          {further}
          {filters.map(({ filter, label }) => (
            <Chip key={filter} pressed={hasFilter(typed, filter)} onPress={() => toggle(filter)}>
              {label}
            </Chip>
          ))}
        </fieldset>
        {found && found.entries.length > 0 ? (
          <fieldset className={styles.order} aria-label="Order">
            <Chip pressed={!best} onPress={() => onChange({ ...place, best: false })}>
              Newest
            </Chip>
            <Chip pressed={best} onPress={() => onChange({ ...place, best: true })}>
              Best match
            </Chip>
          </fieldset>
        ) : null}
      </div>
      {search === '' ? <NothingAsked /> : null}
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      {searching && found === null ? <Skeleton rows={4} /> : null}
      {found ? <FoundList found={found} searching={searching} onMore={loadMore} /> : null}
    </>
  );
}

export function Chip({ pressed, onPress, children }: { pressed: boolean; onPress: () => void; children: string }) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} onClick={onPress}>
      {children}
    </button>
  );
}

function FoundList({ found, searching, onMore }: { found: Found; searching: boolean; onMore: () => void }) {
  const { entries, rooms, next, unknown } = found;
  return (
    <>
      <p className={styles.announced} role="status">
        {entries.length === 0 ? 'Nothing was found.' : `${entries.length} messages are shown.`}
      </p>
      {entries.length === 0 ? <NothingFound unknown={unknown} goesOn={next !== null} /> : null}
      <ul className={styles.list}>
        {entries.map((entry) => (
          <SearchResult key={entry.message.id} found={entry} room={rooms.get(entry.message.room)} />
        ))}
      </ul>
      {next === null ? null : (
        <Button busy={searching} className={styles.more} onClick={onMore}>
          {entries.length === 0 ? 'Look further back' : 'Show more'}
        </Button>
      )}
    </>
  );
}

function NothingAsked() {
  return (
    <EmptyState icon={<Search size={24} />} title="Find what was said">
      Words and parts of words are found in all rooms that you can see. Put “quotes” around words that belong together
      and a minus before what you do not want. You can also type from:name, in:room, before:2026-08 or on:today.
    </EmptyState>
  );
}

function NothingFound({ unknown, goesOn }: { unknown: readonly string[]; goesOn: boolean }) {
  if (unknown.length > 0) {
    return (
      <EmptyState icon={<SearchX size={24} />} title="There is nothing by that name">
        Nobody and nothing here is known as <bdi className={styles.unknown}>{unknown.join(', ')}</bdi>. Look at how it
        is written, or leave it out.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<SearchX size={24} />} title={goesOn ? 'Nothing so far' : 'Nothing was found'}>
      {goesOn
        ? 'None of the newest messages is it. There are earlier ones.'
        : 'Try fewer words, a part of a word, or leave a filter out.'}
    </EmptyState>
  );
}
