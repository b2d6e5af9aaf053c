import type { UserId } from '@confab/protocol';
import { Moon } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { EmojiOf } from '../emoji/emoji-of.tsx';
import styles from './status.module.css';
import { statusWords } from './status-words.ts';
import { useStatus } from './use-status.ts';

/** Beside a name: the emoji of what its person says of themselves, and a moon while they are not to be disturbed. */
export function StatusMark({ user }: { user: UserId }) {
  const { status, quiet } = useStatus(user);
  if (status === undefined && !quiet) return null;
  return (
    <span className={styles.mark}>
      {status === undefined ? null : <StatusEmoji words={statusWords(status, Date.now())} emoji={status.emoji} />}
      {quiet ? (
        <span role="img" aria-label={t('Do not disturb')} data-tooltip={t('Do not disturb')}>
          <Moon size={13} aria-hidden />
        </span>
      ) : null}
    </span>
  );
}

function StatusEmoji({ emoji = '💬', words }: { emoji: string | undefined; words: string }) {
  return (
    <span role="img" aria-label={t('Status: {words}', { words: words || emoji })} data-tooltip={words || undefined}>
      <EmojiOf emoji={emoji} />
    </span>
  );
}
