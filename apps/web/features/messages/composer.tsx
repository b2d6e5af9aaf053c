import { useConfab } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { CaseSensitive, SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { usePreferences } from '../../app/preferences.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './composer.module.css';
import { ComposerFoot } from './composer-foot.tsx';
import { FormatToolbar } from './format-toolbar.tsx';
import { formatOfKey } from './formats.ts';
import { GrowingTextArea } from './growing-text-area.tsx';
import { useDraft } from './use-draft.ts';
import { useFormat } from './use-format.ts';

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
  const { preferences, change } = usePreferences();
  const [text, write] = useDraft(room);
  const area = useRef<HTMLTextAreaElement>(null);
  const apply = useFormat(area, text, write);
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
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, every key belongs to it.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const format = formatOfKey(event);
    if (format !== undefined) apply(format);
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) send();
    else if (event.key === 'ArrowUp' && text === '' && !event.altKey) onEditLast();
    else return;
    event.preventDefault();
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
        <SendButton sendable={sendable} onClick={send} />
      </div>
      <ComposerFoot room={room} left={left} />
    </div>
  );
}

function SendButton({ sendable, onClick }: { sendable: boolean; onClick: () => void }) {
  return (
    <IconButton
      className={styles.send}
      size="small"
      look={sendable ? 'primary' : 'quiet'}
      label="Send"
      icon={<SendHorizontal size={17} />}
      disabled={!sendable}
      onClick={onClick}
    />
  );
}
