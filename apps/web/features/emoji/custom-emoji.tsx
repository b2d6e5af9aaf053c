import type { CustomEmoji, RoomId } from '@confab/protocol';
import { customEmojiName } from '@confab/protocol/custom-emoji-name.ts';
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

/** An emoji, which may be `:name:` of one that a space has; a name that is there no more is text. */
export function EmojiOf({ emoji, room }: { emoji: string; room?: RoomId }): ReactNode {
  const name = customEmojiName(emoji);
  return name === null ? emoji : <NamedEmoji name={name} room={room} />;
}

/** `:name:` in a text: a picture where the room's space has one of that name. */
export function NamedEmoji({ name, room }: { name: string; room?: RoomId | undefined }): ReactNode {
  const conversation = use(ConversationProvider);
  const found = useEmojiOfRoom(room ?? conversation?.room).find(
    (emoji) => emoji.name === name || emoji.aliases.includes(name),
  );
  return found === undefined ? `:${name}:` : <EmojiPicture emoji={found} name={name} />;
}
