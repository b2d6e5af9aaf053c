import { useConfab, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { useNavigation } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { PersonName } from '../accounts/person-name.tsx';
import { useMessageRoute } from './message-route.ts';
import { messageLine } from './one-line.ts';
import styles from './quote.module.css';

/** What a message quotes, above its text: leads there. `undefined` while it is asked for, `null` when it cannot be seen. */
export function QuotedMessage({ quoted }: { quoted: Message | null | undefined }) {
  const { go } = useNavigation();
  const routeTo = useMessageRoute();
  const blocked = useStore(useConfab().blocks.users);
  if (quoted === undefined) return <div className={styles.quote} aria-busy />;
  if (quoted === null) return <Gone>{t('The quoted message cannot be shown.')}</Gone>;
  if (quoted.deletedAt !== null) return <Gone>{t('The quoted message was deleted.')}</Gone>;
  if (blocked.has(quoted.author)) return <Gone>{t('Message of someone you blocked.')}</Gone>;
  return (
    <button
      type="button"
      className={styles.quote}
      data-tooltip={t('Show the quoted message')}
      onClick={() => go(routeTo(quoted))}
    >
      <QuotedWords message={quoted} />
    </button>
  );
}

/** Who said it, and how it begins. */
export function QuotedWords({ message }: { message: Message }) {
  return (
    <>
      <span className={styles.author}>
        <PersonName user={message.author} />
      </span>
      <span className={styles.words} dir="auto">
        {messageLine(message)}
      </span>
    </>
  );
}

/** Stands where a quoted message would. */
export function Gone({ children }: { children: string }) {
  return <div className={classNames(styles.quote, styles.gone)}>{children}</div>;
}
