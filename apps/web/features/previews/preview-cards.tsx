import type { Message, Preview } from '@confab/protocol';
import { X } from 'lucide-react';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { useConversation } from '../messages/conversation-context.tsx';
import styles from './preview-cards.module.css';

/** What the pages that a message links to say of themselves. */
export function PreviewCards({ message }: { message: Message }) {
  const { me } = useSignedIn();
  const { moderates, readOnly, timeline } = useConversation();
  const toasts = useToasts();
  if (!message.previews) return null;
  const removable = (message.author === me.id || moderates) && !readOnly;
  return (
    <div className={styles.cards}>
      <ul className={styles.list} aria-label={t('Linked pages')}>
        {message.previews.map((preview) => (
          <li key={preview.url}>
            <Card preview={preview} />
          </li>
        ))}
      </ul>
      {removable ? (
        <IconButton
          label={t('Remove previews')}
          icon={<X />}
          size="small"
          onClick={() => toasts.attempt(timeline.removePreviews(message.id))}
        />
      ) : null}
    </div>
  );
}

function Card({ preview: { url, title, description, site } }: { preview: Preview }) {
  return (
    <a className={styles.card} href={url} target="_blank" rel="noopener noreferrer nofollow">
      <span className={styles.site}>{site ?? new URL(url).hostname}</span>
      <span className={styles.title}>{title}</span>
      {description ? <span className={styles.description}>{description}</span> : null}
    </a>
  );
}
