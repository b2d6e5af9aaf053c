import { UsersRound } from 'lucide-react';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { RoomIcon } from '../rooms/room-icon.tsx';
import type { Suggestion } from './suggestion.ts';
import styles from './suggestion-list.module.css';
import { optionId, type Suggestions } from './use-suggestions.ts';

interface SuggestionListProps {
  suggestions: Suggestions;
  /** The list stands above it, as wide as it. */
  above: RefObject<HTMLElement | null>;
}

/** Distance between the list and what it stands above. CSS pixels. */
const gapPx = 6;

/** What fits the word at the caret. The focus stays in the text; the keys reach the list through it. */
export default function SuggestionList({ suggestions, above }: SuggestionListProps) {
  const { items, active, listId, choose } = suggestions;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const place = () => {
      const box = above.current?.getBoundingClientRect();
      if (box === undefined) return;
      element.style.left = `${box.left}px`;
      element.style.width = `${box.width}px`;
      element.style.bottom = `${innerHeight - box.top + gapPx}px`;
    };
    place();
    addEventListener('resize', place);
    return () => removeEventListener('resize', place);
  });
  return (
    <div ref={list} id={listId} className={styles.list} role="listbox" aria-label={t('Suggestions')}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text's own keys choose
        <div
          key={item.key}
          id={optionId(listId, index)}
          className={styles.option}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The focus, and with it the keyboard of a phone, stays with the text.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(item)}
        >
          <Lead item={item} />
          <bdi className={styles.title}>{item.title}</bdi>
          {item.hint === undefined ? null : <span className={styles.hint}>{item.hint}</span>}
          {item.detail === undefined ? null : <bdi className={styles.detail}>{item.detail}</bdi>}
        </div>
      ))}
    </div>
  );
}

function Lead({ item: { lead } }: { item: Suggestion }) {
  return (
    <span className={styles.lead} aria-hidden>
      {lead.kind === 'person' ? (
        <Avatar id={lead.person.id} name={lead.person.name} picture={lead.person.picture} size="small" />
      ) : lead.kind === 'room' ? (
        <RoomIcon room={lead.room} />
      ) : lead.kind === 'group' ? (
        <UsersRound size={18} />
      ) : lead.kind === 'picture' ? (
        <img src={lead.address} alt="" width={22} height={22} className={styles.picture} />
      ) : (
        lead.text
      )}
    </span>
  );
}
