import { type KeyboardEvent, useEffect, useState } from 'react';
import { currentDirection } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { type EmojiCatalogue, findEmoji, loadCatalogue } from './emoji-catalogue.ts';
import styles from './emoji-picker.module.css';
import type { SkinTone } from './skin-tone.ts';

/** As many as anyone looks through before typing another letter. */
const mostFound = 64;

export interface Search {
  found: readonly { emoji: string; code: string; label: string }[];
  active: number;
  /** To be called with each key in the search field first; says whether the key was for what was found. */
  takesKey(event: KeyboardEvent): boolean;
}

/** What was searched for, the best first, and where the arrow keys are in it. `columns`: emoji in a row. */
export function useSearch(
  typed: string,
  { tone, columns, onPick }: { tone: SkinTone; columns: number; onPick: (emoji: string) => void },
): Search {
  const [catalogue, setCatalogue] = useState<EmojiCatalogue | null>(null);
  const [place, setPlace] = useState({ typed, active: 0 });
  useEffect(() => {
    loadCatalogue().then(setCatalogue, () => {});
  }, []);
  const wanted = typed.trim();
  const found = wanted === '' || catalogue === null ? [] : findEmoji(catalogue, wanted, { tone, most: mostFound });
  const active = place.typed === typed ? place.active : 0;
  const onwards = currentDirection() === 'rtl' ? -1 : 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -onwards,
    ArrowRight: onwards,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  const takesKey = ({ key }: KeyboardEvent) => {
    const step = steps[key];
    const chosen = found[active];
    if (key === 'Enter' && chosen !== undefined) onPick(chosen.emoji);
    else if (step !== undefined && found[active + step] !== undefined) setPlace({ typed, active: active + step });
    else return wanted !== '' && (key === 'Enter' || step !== undefined);
    return true;
  };
  return { found, active, takesKey };
}

interface FoundEmojiProps {
  search: Search;
  id: string;
  onPick: (emoji: string) => void;
}

/** The focus stays in the search field; its arrow keys move here. */
export function FoundEmoji({ search: { found, active }, id, onPick }: FoundEmojiProps) {
  if (found.length === 0) return <p className={styles.nothing}>{t('No emoji is called that.')}</p>;
  return (
    <div className={styles.found} id={id} role="listbox" aria-label={t('Emoji found')}>
      {found.map(({ emoji, label }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the search field's own keys choose
        <div
          key={emoji}
          id={`${id}-${index}`}
          className={styles.emoji}
          role="option"
          tabIndex={-1}
          aria-label={label}
          aria-selected={index === active}
          data-active={index === active ? '' : undefined}
          ref={index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(emoji)}
        >
          {emoji}
        </div>
      ))}
    </div>
  );
}
