import { Mic, Paperclip, SendHorizontal, Smile } from 'lucide-react';
import type { RefObject } from 'react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useEmojiPicker } from '../emoji/emoji-picker-layer.tsx';
import { keyName } from '../shortcuts/key-name.ts';
import styles from './composer.module.css';

interface EmojiButtonProps {
  /** Has the focus again when one is chosen. */
  area: RefObject<HTMLTextAreaElement | null>;
  onPick: (emoji: string) => void;
}

export function EmojiButton({ area, onPick }: EmojiButtonProps) {
  const picker = useEmojiPicker();
  return (
    <IconButton
      className={styles.emoji}
      size="small"
      label={t('Emoji')}
      icon={<Smile size={18} />}
      onPointerEnter={picker.prepare}
      onClick={(event) => picker.open(event.currentTarget, onPick, area.current)}
    />
  );
}

export function SendButton({ sendable, onClick }: { sendable: boolean; onClick: () => void }) {
  return (
    <IconButton
      className={styles.send}
      size="small"
      look={sendable ? 'primary' : 'quiet'}
      label={t('Send')}
      icon={<SendHorizontal size={17} data-mirrored />}
      disabled={!sendable}
      onClick={onClick}
    />
  );
}

interface AttachButtonProps {
  /** Absent until what attaches is loaded. */
  onClick: (() => void) | undefined;
}

export function AttachButton({ onClick }: AttachButtonProps) {
  return (
    <IconButton
      className={styles.attach}
      size="small"
      label={t('Attach files')}
      shortcut={`${keyName('Ctrl')} U`}
      icon={<Paperclip size={17} />}
      disabled={!onClick}
      onClick={onClick}
    />
  );
}

/** Where the button that sends is while there is nothing to send. */
export function VoiceButton({ recording, onClick }: AttachButtonProps & { recording: boolean }) {
  return (
    <IconButton
      className={styles.send}
      size="small"
      look={recording ? 'danger' : 'quiet'}
      label={recording ? t('End the recording') : t('Record a voice message')}
      icon={<Mic size={18} />}
      disabled={!onClick}
      onClick={onClick}
    />
  );
}
