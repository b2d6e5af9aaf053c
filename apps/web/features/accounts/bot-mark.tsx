import { useConfab, useStore } from '@confab/client/react';
import type { UserId } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import styles from './bot-mark.module.css';

/** Tells a program from a person, beside its name. */
export function BotMark({ user }: { user: UserId }) {
  const person = useStore(useConfab().people.person(user));
  return person?.bot ? <span className={styles.mark}>{t('Bot')}</span> : null;
}
