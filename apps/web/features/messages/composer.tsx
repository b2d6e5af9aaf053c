import { useConfab } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { CaseSensitive, SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { usePreferences } from '../../app/preferences.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { TypingLine } from '../typing/typing-line.tsx';
import styles from './composer.module.css';
import { Drafts } from './drafts.ts';
import { FormatToolbar } from './format-toolbar.tsx';
import { type Format, formats } from './formats.ts';
import { GrowingTextArea } from './growing-text-area.tsx';
import type { Selected } from './text-marks.ts';

/** The counter shows when fewer characters than this are left. */
const counterBelow = 500;

export interface ComposerHandle {
  focus(): void;
  /** Puts a text in front of what is there. */
  insert(text: string): void;
}

interface ComposerProps {
  room: RoomId;
  roomName: string;
  onSend: (text: string) => void;
  /** Up-arrow in an empty composer. */
  onEditLast: () => void;
  ref?: Ref<ComposerHandle>;
}

/** Where one writes. Mounted anew for each room, with the room's draft. */
export function Composer({ room, roomName, onSend, onEditLast, ref }: ComposerProps) {
  const confab = useConfab();
  const { me } = useSignedIn();
  const { preferences, change } = usePreferences();
  const [drafts] = useState(() => new Drafts(localStorage, Date.now));
  const [text, setText] = useState(() => drafts.read(me.id, room));
  const area = useRef<HTMLTextAreaElement>(null);
  const selection = useRef<Selected | null>(null);

  const write = (next: string) => {
    setText(next);
    drafts.write(me.id, room, next);
    confab.rooms.setTyping(room, next.trim() !== '');
  };
  // The selection can only be set once the changed text is in the text area.
  useLayoutEffect(() => {
    if (selection.current === null) return;
    area.current?.setSelectionRange(selection.current.start, selection.current.end);
    selection.current = null;
  });
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    insert: (inserted) => {
      write(text === '' ? inserted : `${inserted}\n${text}`);
      area.current?.focus();
    },
  }));

  const left = limits.messageChars - text.length;
  const sendable = text.trim() !== '' && left >= 0;
  const send = () => {
    if (!sendable) return;
    onSend(text.trim());
    write('');
    area.current?.focus();
  };
  const apply = (format: Format) => {
    const element = area.current;
    if (element === null) return;
    selection.current = format.apply({ text, start: element.selectionStart, end: element.selectionEnd });
    write(selection.current.text);
    element.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, every key belongs to it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const format = formats.find(({ key }) => key !== null && key === event.key.toLowerCase());
    if (format !== undefined && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      apply(format);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && text === '' && !event.altKey) {
      event.preventDefault();
      onEditLast();
    }
  };

  return (
    <div className={styles.place}>
      <div className={styles.box}>
        {preferences.formatting ? <FormatToolbar onApply={apply} /> : null}
        <GrowingTextArea
          ref={area}
          className={styles.text}
          aria-label={`Message ${roomName}`}
          placeholder={`Message ${roomName}`}
          dir="auto"
          value={text}
          onChange={(event) => write(event.target.value)}
          onBlur={() => confab.rooms.setTyping(room, false)}
          onKeyDown={onKeyDown}
        />
        <IconButton
          className={styles.format}
          size="small"
          label="Formatting"
          icon={<CaseSensitive size={19} />}
          aria-pressed={preferences.formatting}
          onClick={() => change({ formatting: !preferences.formatting })}
        />
        <IconButton
          className={styles.send}
          size="small"
          look={sendable ? 'primary' : 'quiet'}
          label="Send"
          icon={<SendHorizontal size={17} />}
          disabled={!sendable}
          onClick={send}
        />
      </div>
      <div className={styles.foot}>
        <TypingLine room={room} />
        {left < counterBelow ? (
          <span className={left < 0 ? styles.over : styles.counter} role="status">
            {left < 0 ? `${-left} characters too long` : `${left} characters left`}
          </span>
        ) : null}
      </div>
    </div>
  );
}
