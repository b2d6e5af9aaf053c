import { EmojiPicker as Frimousse } from 'frimousse';
import { useEffect, useState } from 'react';
import { Popover, type PopoverPlace } from '../../ui/popover.tsx';
import { loadCatalogue } from './emoji-catalogue.ts';
import styles from './emoji-picker.module.css';
import { pickerData } from './picker-data.ts';
import { SkinToneChoice } from './skin-tone-choice.tsx';
import { useSkinTone } from './use-skin-tone.ts';

interface EmojiPickerProps {
  place: PopoverPlace;
  returnFocus: () => void;
  onClose: () => void;
  onPick: (emoji: string) => void;
}

/** All emoji by group, with search and skin tones. Arrow keys move, Enter chooses, from the search field too. */
export default function EmojiPicker({ place, returnFocus, onClose, onPick }: EmojiPickerProps) {
  const [tone, chooseTone] = useSkinTone();
  const [search, setSearch] = useState('');
  const failed = useCatalogueFailure();
  return (
    <Popover label="Emoji" place={place} returnFocus={returnFocus} onClose={onClose}>
      <Frimousse.Root
        className={styles.picker}
        columns={8}
        skinTone={tone}
        resolveEmojiData={pickerData}
        onEmojiSelect={({ emoji }) => onPick(emoji)}
      >
        <div className={styles.top}>
          <Frimousse.Search
            className={styles.search}
            aria-label="Search emoji"
            placeholder="Search emoji"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <SkinToneChoice tone={tone} onChoose={chooseTone} />
        </div>
        <Frimousse.Viewport className={styles.viewport}>
          <Frimousse.Loading className={styles.note}>
            {failed ? 'The emoji could not be loaded. Close this and try again.' : 'Loading…'}
          </Frimousse.Loading>
          <Frimousse.Empty className={styles.note}>No emoji is called that.</Frimousse.Empty>
          <Frimousse.List
            className={styles.list}
            aria-label="Emoji"
            components={{
              CategoryHeader: ({ category, ...props }) => (
                <div {...props} className={styles.heading}>
                  {category.label}
                </div>
              ),
              Row: (props) => <div {...props} className={styles.row} />,
              Emoji: ({ emoji, ...props }) => (
                <button type="button" {...props} className={styles.emoji}>
                  {emoji.emoji}
                </button>
              ),
            }}
          />
        </Frimousse.Viewport>
        <div className={styles.foot}>
          <Frimousse.ActiveEmoji>
            {({ emoji }) =>
              emoji ? (
                <>
                  <span className={styles.active}>{emoji.emoji}</span>
                  <span className={styles.name}>{emoji.label}</span>
                </>
              ) : (
                <span className={styles.hint}>Choose an emoji</span>
              )
            }
          </Frimousse.ActiveEmoji>
        </div>
      </Frimousse.Root>
    </Popover>
  );
}

function useCatalogueFailure(): boolean {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    loadCatalogue().catch(() => setFailed(true));
  }, []);
  return failed;
}
