import { useConfab, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { type ReactNode, useState } from 'react';
import { t } from '../../language/sentences.ts';
import styles from './folded-message.module.css';

/** What a message shows: of somebody whom one blocks, folded until one wants to see it. */
export function FoldedMessage({ of: message, children }: { of: Message; children: ReactNode }) {
  const blocked = useStore(useConfab().blocks.users).has(message.author);
  const [shown, setShown] = useState(false);
  if (!blocked || shown || message.deletedAt !== null) return children;
  return (
    <p className={styles.folded}>
      {t('Message of someone you blocked.')}{' '}
      <button type="button" className={styles.show} onClick={() => setShown(true)}>
        {t('Show')}
      </button>
    </p>
  );
}
