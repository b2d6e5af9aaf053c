import { SendHorizontal, Smile } from 'lucide-react';
import type { RefObject } from 'react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useEmojiPicker } from '../emoji/emoji-picker-layer.tsx';
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
