import { EmojiPicker as Frimousse } from 'frimousse';
import { type ComponentProps, useEffect, useId, useState } from 'react';
import { currentLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { Popover, type PopoverPlace } from '../../ui/popover.tsx';
import { CustomEmojiRow } from './custom-emoji-row.tsx';
import { loadCatalogue } from './emoji-catalogue.ts';
import styles from './emoji-picker.module.css';
import { FoundEmoji, useSearch } from './found-emoji.tsx';
import { pickerData } from './picker-data.ts';
import { SkinToneChoice } from './skin-tone-choice.tsx';
import { useSkinTone } from './use-skin-tone.ts';

interface EmojiPickerProps {
  place: PopoverPlace;
  returnFocus: () => void;
  onClose: () => void;
  onPick: (emoji: string) => void;
}

/** Emoji in a row. */
const columns = 8;

/** All emoji by group, with search and skin tones. Arrow keys move, Enter chooses, from the search field too. */
export default function EmojiPicker({ place, returnFocus, onClose, onPick }: EmojiPickerProps) {
  const [tone, chooseTone] = useSkinTone();
  const [typed, setTyped] = useState('');
  const search = useSearch(typed, { tone, columns, onPick });
  const foundId = useId();
  const isSearching = typed.trim() !== '';
  const failed = useCatalogueFailure();
  return (
    <Popover label={t('Emoji')} place={place} returnFocus={returnFocus} onClose={onClose}>
      <Frimousse.Root
        className={styles.picker}
        locale={currentLanguage()}
        columns={columns}
        skinTone={tone}
        resolveEmojiData={pickerData}
        onEmojiSelect={({ emoji }) => onPick(emoji)}
      >
        <div className={styles.top}>
          <Frimousse.Search
            className={styles.search}
            aria-label={t('Search emoji')}
            placeholder={t('Search emoji')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            {...(search.found.length > 0
              ? { 'aria-controls': foundId, 'aria-activedescendant': `${foundId}-${search.active}` }
              : {})}
            onKeyDown={(event) => {
              if (search.takesKey(event)) event.preventDefault();
            }}
          />
          <SkinToneChoice tone={tone} onChoose={chooseTone} />
        </div>
        <CustomEmojiRow typed={typed} onPick={onPick} />
        {isSearching ? <FoundEmoji search={search} id={foundId} onPick={onPick} /> : <Groups failed={failed} />}
        <div className={styles.foot}>
          {isSearching ? (
            <Named emoji={search.found[search.active]} />
          ) : (
            <Frimousse.ActiveEmoji>{({ emoji }) => <Named emoji={emoji} />}</Frimousse.ActiveEmoji>
          )}
        </div>
      </Frimousse.Root>
    </Popover>
  );
}

function Groups({ failed }: { failed: boolean }) {
  return (
    <Frimousse.Viewport className={styles.viewport}>
      <Frimousse.Loading className={styles.note}>
        {failed ? t('The emoji could not be loaded. Close this and try again.') : t('Loading…')}
      </Frimousse.Loading>
      <Frimousse.List
        className={styles.list}
        aria-label={t('Emoji')}
        components={{
          CategoryHeader: ({ category, ...props }) => (
            <div {...props} className={styles.heading}>
              {category.label}
            </div>
          ),
          Row: (props) => <div {...fromOne(props)} className={styles.row} />,
          Emoji: ({ emoji, ...props }) => (
            <button type="button" {...fromOne(props)} className={styles.emoji}>
              {emoji.emoji}
            </button>
          ),
        }}
      />
    </Frimousse.Viewport>
  );
}

/** Rows and columns are counted from one; the first row goes without, because the picker finds the others by theirs. */
function fromOne<Props extends ComponentProps<'div'> | ComponentProps<'button'>>(props: Props): Props {
  const { 'aria-rowindex': row, 'aria-colindex': column, ...rest } = props;
  return {
    ...rest,
    ...(row ? { 'aria-rowindex': row } : {}),
    ...(column === undefined ? {} : { 'aria-colindex': column + 1 }),
  } as Props;
}

/** The emoji that Enter would choose, and what it is called. */
function Named({ emoji }: { emoji: { emoji: string; label: string } | undefined }) {
  if (emoji === undefined) return <span className={styles.hint}>{t('Choose an emoji')}</span>;
  return (
    <>
      <span className={styles.active}>{emoji.emoji}</span>
      <span className={styles.name}>{emoji.label}</span>
    </>
  );
}

function useCatalogueFailure(): boolean {
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    loadCatalogue().catch(() => setFailed(true));
  }, []);
  return failed;
}
