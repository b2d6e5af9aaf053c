import type { RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { Search, SearchX } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { SearchState } from '../../app/route.ts';
import { perLanguage } from '../../language/language.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { filters, hasFilter, withFilterToggled } from './query-filters.ts';
import styles from './search.module.css';
import { SearchResult } from './search-result.tsx';
import { type Found, useSearch } from './use-search.ts';

const list = perLanguage((locale) => new Intl.ListFormat(locale, { type: 'unit' }));

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
            label={t('Search messages')}
            value={typed}
            maxLength={limits.searchChars}
            enterKeyHint="search"
            onChange={(event) => setTyped(event.target.value)}
          />
        </form>
      </search>
      <div className={styles.narrow}>
        <fieldset className={styles.chips} aria-label={t('Narrow the search')}>
          {further}
          {filters.map(({ filter, label }) => (
            <Chip key={filter} pressed={hasFilter(typed, filter)} onPress={() => toggle(filter)}>
              {t(label)}
            </Chip>
          ))}
        </fieldset>
        {found && found.entries.length > 0 ? (
          <fieldset className={styles.order} aria-label={t('Order')}>
            <Chip pressed={!best} onPress={() => onChange({ ...place, best: false })}>
              {t('Newest')}
            </Chip>
            <Chip pressed={best} onPress={() => onChange({ ...place, best: true })}>
              {t('Best match')}
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
        {t('{count, plural, =0 {Nothing was found.} one {# message is shown.} other {# messages are shown.}}', {
          count: entries.length,
        })}
      </p>
      {entries.length === 0 ? <NothingFound unknown={unknown} goesOn={next !== null} /> : null}
      <ul className={styles.list}>
        {entries.map((entry) => (
          <SearchResult key={entry.message.id} found={entry} room={rooms.get(entry.message.room)} />
        ))}
      </ul>
      {next === null ? null : (
        <Button busy={searching} className={styles.more} onClick={onMore}>
          {entries.length === 0 ? t('Look further back') : t('Show more')}
        </Button>
      )}
    </>
  );
}

function NothingAsked() {
  return (
    <EmptyState icon={<Search size={24} />} title={t('Find what was said')}>
      {t(
        'Words and parts of words are found in all rooms that you can see. Put “quotes” around words that belong together and a minus before what you do not want. You can also type from:name, in:room, before:2026-08 or on:today.',
      )}
    </EmptyState>
  );
}

function NothingFound({ unknown, goesOn }: { unknown: readonly string[]; goesOn: boolean }) {
  if (unknown.length > 0) {
    return (
      <EmptyState icon={<SearchX size={24} />} title={t('There is nothing by that name')}>
        <Trans
          sentence={sentence(
            'Nobody and nothing here is known as <names/>. Look at how it is written, or leave it out.',
          )}
          parts={{ names: () => <bdi className={styles.unknown}>{list().format(unknown)}</bdi> }}
        />
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<SearchX size={24} />} title={goesOn ? t('Nothing so far') : t('Nothing was found')}>
      {goesOn
        ? t('None of the newest messages is it. There are earlier ones.')
        : t('Try fewer words, a part of a word, or leave a filter out.')}
    </EmptyState>
  );
}
