import { useConfab } from '@confab/client/react';
import type { MessageId, Reaction, UserId } from '@confab/protocol';
import { useState } from 'react';
import { usePages } from '../../app/use-pages.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { EmojiOf } from '../emoji/emoji-of.tsx';
import styles from './reactors-dialog.module.css';

interface ReactorsDialogProps {
  message: MessageId;
  reactions: readonly Reaction[];
  /** Whose people show first. */
  emoji: string;
  onClose: () => void;
}

/** Everybody who reacted to a message, by emoji. */
export default function ReactorsDialog({ message, reactions, emoji, onClose }: ReactorsDialogProps) {
  const [shown, setShown] = useState(emoji);
  return (
    <Dialog title={t('Reactions')} onClose={onClose}>
      <fieldset className={styles.choice} aria-label={t('Emoji')}>
        {reactions.map(({ emoji: each, count }) => (
          <button
            key={each}
            type="button"
            className={styles.emoji}
            aria-pressed={each === shown}
            onClick={() => setShown(each)}
          >
            <EmojiOf emoji={each} /> <span className={styles.count}>{count}</span>
          </button>
        ))}
      </fieldset>
      <Reactors key={shown} message={message} emoji={shown} />
    </Dialog>
  );
}

function Reactors({ message, emoji }: { message: MessageId; emoji: string }) {
  const confab = useConfab();
  const pages = usePages<UserId>(async (last) => {
    const after = last === undefined ? {} : { after: last };
    const { users, more } = await confab.call('reaction.list', { message, emoji, ...after });
    return { entries: users, more };
  }, emoji);
  return (
    <>
      {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
      {pages.entries === null && !pages.failure ? <Skeleton rows={3} /> : null}
      {pages.entries?.length === 0 ? <p className={styles.nobody}>{t('Nobody any more.')}</p> : null}
      <ul className={styles.people}>
        {pages.entries?.map((user) => (
          <li key={user} className={styles.person}>
            <PersonAvatar user={user} />
            <PersonName user={user} />
          </li>
        ))}
      </ul>
      {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
    </>
  );
}
