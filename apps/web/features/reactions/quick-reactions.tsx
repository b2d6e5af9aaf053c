import type { Message } from '@confab/protocol';
import { SmilePlus } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useEmojiPicker } from '../emoji/emoji-picker-layer.tsx';
import { useUsedEmoji } from '../emoji/use-used-emoji.ts';
import styles from './quick-reactions.module.css';
import { useReact } from './use-react.ts';

/** In a message's toolbar: the emoji one uses most, and all others behind a button. */
export function QuickReactions({ message }: { message: Message }) {
  const used = useUsedEmoji();
  // Nothing moves under the pointer: their order changes the next time the toolbar shows.
  const [top] = useState(used.top);
  const react = useReact(message.id);
  const picker = useEmojiPicker();
  const isMine = (emoji: string) => message.reactions?.some((each) => each.emoji === emoji && each.mine) === true;
  return (
    <div className={styles.quick}>
      {top.map((emoji) => (
        <button
          key={emoji}
          type="button"
          className={styles.emoji}
          aria-label={t('React with {emoji}', { emoji })}
          aria-pressed={isMine(emoji)}
          onClick={() => react(emoji, !isMine(emoji))}
        >
          {emoji}
        </button>
      ))}
      <IconButton
        size="small"
        label={t('Add a reaction')}
        icon={<SmilePlus size={16} />}
        onPointerEnter={picker.prepare}
        onClick={(event) => picker.open(event.currentTarget, (emoji) => react(emoji, true))}
      />
    </div>
  );
}
