import { useConfab } from '@confab/client/react';
import type { SpaceView } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import styles from './welcome-section.module.css';

/** Of a space's page: what those who join are shown at first. */
export function WelcomeSection({ space }: { space: SpaceView }) {
  const confab = useConfab();
  const toasts = useToasts();
  const before = space.welcome ?? '';
  const [text, setText] = useState(before);
  const { run, busy, failure } = useAction(async () => {
    await confab.spaces.setWelcome(space.id, text);
    toasts.done(
      text.trim() === '' ? t('Nobody is welcomed any more.') : t('Whoever joins from now on sees this first.'),
    );
  });
  return (
    <PageSection
      title={t('Welcome message')}
      hint={t('Whoever joins sees it at the top of the first room, until they have read it.')}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <TextArea
          label={t('Message')}
          hint={t('You can use Markdown, as in a message. Leave it empty to show nothing.')}
          error={failure}
          dir="auto"
          rows={5}
          maxLength={limits.welcomeChars}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" busy={busy} disabled={text.trim() === before}>
          {t('Save')}
        </Button>
      </form>
    </PageSection>
  );
}
