import type { UserId } from '@confab/protocol';
import { Moon } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { EmojiOf } from '../emoji/emoji-of.tsx';
import styles from './status.module.css';
import { statusWords } from './status-words.ts';
import { useStatus } from './use-status.ts';

/** What a person says of themselves, in full. Draws nothing for those who say nothing. */
export function StatusLine({ user }: { user: UserId }) {
  const { status, quiet } = useStatus(user);
  if (status === undefined && !quiet) return null;
  return (
    <span className={styles.line}>
      {status === undefined ? null : (
        <span dir="auto">
          {status.emoji ? <EmojiOf emoji={status.emoji} /> : null}
          {status.emoji ? ' ' : ''}
          {statusWords(status, Date.now())}
        </span>
      )}
      {quiet ? (
        <span className={styles.quiet}>
          <Moon size={13} aria-hidden /> {t('Do not disturb')}
        </span>
      ) : null}
    </span>
  );
}
