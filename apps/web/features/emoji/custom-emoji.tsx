import type { CustomEmoji } from '@confab/protocol';
import { type ReactNode, use } from 'react';
import { ConversationProvider } from '../messages/conversation-context.tsx';
import styles from './custom-emoji.module.css';
import { pictureAddress } from './picture-address.ts';
import { useEmojiOfRoom } from './use-emoji-of-room.ts';

export function EmojiPicture({ emoji, name = emoji.name }: { emoji: CustomEmoji; name?: string }) {
  const words = `:${name}:`;
  return (
    <img
      className={styles.picture}
      src={pictureAddress(emoji)}
      alt={words}
      title={words}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  );
}

/** `:name:` in a text: a picture where the room's space has one of that name. */
export default function NamedEmoji({ name }: { name: string }): ReactNode {
  const conversation = use(ConversationProvider);
  const found = useEmojiOfRoom(conversation?.room).find((emoji) => emoji.name === name || emoji.aliases.includes(name));
  return found === undefined ? `:${name}:` : <EmojiPicture emoji={found} name={name} />;
}
