import { useConfab, useStore } from '@confab/client/react';
import type { Message, Person, Reaction, UserId } from '@confab/protocol';
import { SmilePlus } from 'lucide-react';
import { useEffect } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { EmojiOf } from '../emoji/emoji-of.tsx';
import { useEmojiPicker } from '../emoji/emoji-picker-layer.tsx';
import { useConversation } from '../messages/conversation-context.tsx';
import styles from './reaction-pills.module.css';
import { reactorNames } from './reactor-names.ts';
import { useLongPress } from './use-long-press.ts';
import { useReact } from './use-react.ts';

/** What people reacted with, under the message. */
export function ReactionPills({ message }: { message: Message }) {
  if (message.reactions === undefined || message.deletedAt !== null) return null;
  return <Pills message={message} reactions={message.reactions} />;
}

function Pills({ message, reactions }: { message: Message; reactions: readonly Reaction[] }) {
  const { readOnly } = useConversation();
  const picker = useEmojiPicker();
  const react = useReact(message.id);
  const dialogs = useDialogs();
  const known = useKnown(reactions);
  return (
    <ul className={styles.pills} aria-label={t('Reactions')}>
      {reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <Pill
            reaction={reaction}
            known={known}
            disabled={readOnly}
            onPress={() => react(reaction.emoji, reaction.mine === undefined)}
            onHold={() => dialogs.open({ kind: 'reactors', message: message.id, reactions, emoji: reaction.emoji })}
          />
        </li>
      ))}
      {readOnly ? null : (
        <li>
          <button
            type="button"
            className={styles.add}
            aria-label={t('Add a reaction')}
            data-tooltip={t('Add a reaction')}
            onPointerEnter={picker.prepare}
            onClick={(event) => picker.open(event.currentTarget, (emoji) => react(emoji, true))}
          >
            <SmilePlus size={15} aria-hidden />
          </button>
        </li>
      )}
    </ul>
  );
}

interface PillProps {
  reaction: Reaction;
  known: ReadonlyMap<UserId, Person>;
  disabled: boolean;
  onPress: () => void;
  onHold: () => void;
}

function Pill({ reaction, known, disabled, onPress, onHold }: PillProps) {
  const { me } = useSignedIn();
  const hold = useLongPress(onHold, onPress);
  const names = reactorNames(reaction, me.id, known);
  return (
    <button
      type="button"
      className={styles.pill}
      aria-pressed={reaction.mine === true}
      aria-disabled={disabled || undefined}
      aria-label={t('{emoji} {count}: {names}', { emoji: reaction.emoji, count: reaction.count, names })}
      data-tooltip={names}
      {...hold}
      onClick={(event) => (disabled ? undefined : hold.onClick(event))}
    >
      <span className={styles.emoji}>
        <EmojiOf emoji={reaction.emoji} />
      </span>
      <span className={styles.count}>{reaction.count}</span>
    </button>
  );
}

/** The people known so far; those who reacted and are not among them are looked up. */
function useKnown(reactions: readonly Reaction[]): ReadonlyMap<UserId, Person> {
  const confab = useConfab();
  const known = useStore(confab.people.known);
  const unknown = reactions.flatMap(({ users }) => users.filter((user) => !known.has(user))).join(' ');
  useEffect(() => {
    const wanted = unknown === '' ? [] : (unknown.split(' ') as UserId[]);
    const ends = wanted.map((user) => confab.people.person(user).subscribe(() => {}));
    return () => {
      for (const end of ends) end();
    };
  }, [confab, unknown]);
  return known;
}
