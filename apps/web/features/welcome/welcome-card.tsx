import { useConfab } from '@confab/client/react';
import type { SpaceView } from '@confab/protocol';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Markdown } from '../messages/markdown/markdown.tsx';
import styles from './welcome-card.module.css';

/** What a space says to somebody who has just come, until they have read it. */
export default function WelcomeCard({ space, text }: { space: SpaceView; text: string }) {
  const confab = useConfab();
  const toasts = useToasts();
  const title = t('Welcome to {space}', { space: space.name });
  return (
    <section className={styles.card} aria-label={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <div className={styles.words} tabIndex={0}>
        <h2 className={styles.title}>
          <bdi>{title}</bdi>
        </h2>
        <Markdown text={text} />
      </div>
      <Button look="primary" onClick={() => toasts.attempt(confab.spaces.dismissWelcome(space.id))}>
        {t('Got it')}
      </Button>
    </section>
  );
}
