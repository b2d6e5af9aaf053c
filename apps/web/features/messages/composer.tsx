import { useConfab } from '@confab/client/react';
import type { MessageId, PostContext, RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { CaseSensitive, Plus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type Ref, Suspense, useImperativeHandle, useRef, useState } from 'react';
import { usePreferences } from '../../app/preferences.tsx';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { lazy } from '../../ui/lazy.ts';
import { lazyMenu } from '../../ui/menu.tsx';
import { withoutEscape } from '../commands/command-form.ts';
import { useCommand } from '../commands/use-command.ts';
import { ScheduleButton } from '../scheduled/schedule-button.tsx';
import { SuggestionCount } from '../suggestions/suggestion-count.tsx';
import { optionId, useSuggestions } from '../suggestions/use-suggestions.ts';
import type { ComposerUploadsHandle, ComposerUploadsState } from '../uploads/composer-uploads-handle.ts';
import styles from './composer.module.css';
import { AttachButton, EmojiButton, SendButton, VoiceButton } from './composer-buttons.tsx';
import { ComposerFoot } from './composer-foot.tsx';
import { formatOfKey } from './formats.ts';
import { GrowingTextArea } from './growing-text-area.tsx';
import { insertInstead } from './text-marks.ts';
import { useDraft } from './use-draft.ts';
import { useFormat } from './use-format.ts';

/** Only for those who want it. */
const FormatToolbar = lazy(() => import('./format-toolbar.tsx'));
const ComposerMenu = lazyMenu(() => import('./composer-menu.tsx'));
const ComposerUploads = lazy(() => import('../uploads/composer-uploads.tsx'));
const QuoteStrip = lazy(() => import('./quote-strip.tsx'));
const SuggestionList = lazy(() => import('../suggestions/suggestion-list.tsx'));

export interface ComposerHandle {
  focus(): void;
  /** Puts a text in front of what is there. */
  insert(text: string, quote?: MessageId): void;
  /** Has what is sent next quote this message. */
  quote(message: MessageId): void;
}

interface ComposerProps {
  room: RoomId;
  /** The thread that one replies in; `null`: the room itself. */
  thread: MessageId | null;
  /** What it is for, in the empty field and for screen readers. */
  label: string;
  /** What stands beneath the text. */
  options?: ReactNode;
  onSend: (text: string, context?: PostContext, uploads?: readonly string[]) => void;
  /** Up-arrow in an empty composer. */
  onEditLast: () => void;
  ref?: Ref<ComposerHandle>;
}

/** Where one writes. Mounted anew for each room and thread, with its draft. */
export function Composer({ room, thread, label, options, onSend, onEditLast, ref }: ComposerProps) {
  const confab = useConfab();
  const { preferences, change: setPreferences } = usePreferences();
  const [{ text, quote }, change] = useDraft(room, thread);
  const write = (next: string) => change({ text: next });
  const area = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const uploads = useRef<ComposerUploadsHandle>(null);
  const [tray, setTray] = useState<HTMLElement | null>(null);
  const [held, setHeld] = useState<ComposerUploadsState | null>(null);
  const suggestions = useSuggestions({ area, text, write, room });
  const command = useCommand(room, thread);
  const apply = useFormat(area, text, write);
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    insert: (inserted, quoted) => {
      const whole = text === '' ? inserted : `${inserted}\n${text}`;
      change(quoted ? { text: whole, quote: quoted } : { text: whole });
      area.current?.focus();
    },
    quote: (message) => {
      change({ quote: message });
      area.current?.focus();
    },
  }));

  const left = limits.messageChars - text.length;
  const empty = text.trim() === '' && !held?.count;
  const sendable = !empty && left >= 0;
  const takeUploads = () => uploads.current?.take() ?? [];
  const send = () => {
    if (!sendable) return;
    // What could not be done is wanted back, unless something else was written meanwhile.
    const onFailure = (failed: string) => (area.current?.value.trim() ? undefined : write(failed));
    const say = (said: string, context?: PostContext) => {
      const files = takeUploads();
      // The last file may just have been refused.
      if (said !== '' || files.length > 0) onSend(said, quote ? { ...context, quote } : context, files);
    };
    if (!command.run({ text, say, uploads: takeUploads, onFailure })) say(withoutEscape(text.trim()));
    change({ text: '', quote: null });
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, every key belongs to it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const format = formatOfKey(event);
    if (suggestions.takesKey(event)) event.stopPropagation();
    else if (format !== undefined) apply(format.apply);
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) send();
    else if (event.key === 'ArrowUp' && text === '' && !event.altKey) onEditLast();
    else return;
    event.preventDefault();
  };
  const open = suggestions.items.length > 0;
  const option = optionId(suggestions.listId, suggestions.active);
  return (
    <div className={styles.place}>
      <div ref={box} className={styles.box}>
        <Suspense fallback={null}>
          {quote ? <QuoteStrip key={quote} message={quote} onDrop={() => change({ quote: null })} /> : null}
        </Suspense>
        <div ref={setTray} className={styles.tray} />
        <Suspense fallback={null}>
          {preferences.formatting ? <FormatToolbar onApply={(format) => apply(format.apply)} /> : null}
        </Suspense>
        <GrowingTextArea
          ref={area}
          className={styles.text}
          aria-label={label}
          placeholder={label}
          dir="auto"
          value={text}
          aria-autocomplete="list"
          {...(open ? { 'aria-controls': suggestions.listId } : {})}
          {...(open && suggestions.active >= 0 ? { 'aria-activedescendant': option } : {})}
          onChange={(event) => {
            write(event.target.value);
            command.forget();
            suggestions.look();
          }}
          onSelect={suggestions.look}
          onBlur={() => {
            suggestions.close();
            confab.rooms.setTyping(room, false);
          }}
          onKeyDown={onKeyDown}
        />
        <SuggestionCount count={suggestions.items.length} />
        <Suspense fallback={null}>{open ? <SuggestionList suggestions={suggestions} above={box} /> : null}</Suspense>
        <Suspense fallback={null}>
          <ComposerUploads ref={uploads} {...{ room, thread, label, area, tray }} onChange={setHeld} />
        </Suspense>
        <ComposerMenu
          trigger={
            <IconButton className={styles.add} size="small" label={t('Add something')} icon={<Plus size={19} />} />
          }
          room={room}
          thread={thread}
          uploads={() => uploads.current}
          formatting={preferences.formatting}
          onFormatting={() => setPreferences({ formatting: !preferences.formatting })}
        />
        <AttachButton onClick={held ? () => uploads.current?.pick() : undefined} />
        <EmojiButton area={area} onPick={(emoji) => apply((selected) => insertInstead(selected, emoji))} />
        <IconButton
          className={styles.format}
          size="small"
          label={t('Formatting')}
          icon={<CaseSensitive size={19} />}
          aria-pressed={preferences.formatting}
          onClick={() => setPreferences({ formatting: !preferences.formatting })}
        />
        <ScheduleButton
          {...{ room, thread, text }}
          uploads={takeUploads}
          waiting={held?.arrived === false}
          disabled={!sendable}
          onScheduled={() => write('')}
        />
        {empty ? (
          <VoiceButton
            recording={held?.recording === true}
            onClick={held ? () => uploads.current?.record() : undefined}
          />
        ) : (
          <SendButton sendable={sendable} onClick={send} />
        )}
        {options}
      </div>
      <ComposerFoot room={room} left={left} mistake={command.mistake} />
    </div>
  );
}
