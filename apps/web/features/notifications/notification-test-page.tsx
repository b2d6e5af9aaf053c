import { useConfab, useStore } from '@confab/client/react';
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useAction } from '../../app/use-action.ts';
import { useNow } from '../../app/use-now.ts';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { TestMail } from '../mail/test-mail.tsx';
import { useOwnMail } from '../mail/use-own-mail.ts';
import { isMuted } from '../mentions/is-muted.ts';
import { type Check, checksOf } from './checks.ts';
import styles from './notifications.module.css';
import { sendTest, type TestResult } from './send-test.ts';
import { useThisBrowser } from './use-this-browser.ts';

const marks = {
  ok: { icon: CircleCheck, label: sentence('Works') },
  note: { icon: CircleAlert, label: sentence('Limited') },
  blocked: { icon: CircleX, label: sentence('Blocked') },
} as const;

const results = {
  arrived: {
    tone: 'info',
    text: sentence(
      'It arrived on this device. If you saw nothing, your system may hide it: look at its settings for notifications and its do-not-disturb mode.',
    ),
  },
  taken: {
    tone: 'warning',
    text: sentence('Your browser’s push service took it, but it did not arrive within 20 seconds. It may still come.'),
  },
  silent: {
    tone: 'warning',
    text: sentence('Your browser’s push service did not answer within 20 seconds. Confab goes on trying.'),
  },
  failed: { tone: 'danger', text: sentence('Your browser’s push service did not take it. The list below says why.') },
  shown: {
    tone: 'info',
    text: sentence('Confab showed one by itself. While Confab is closed, this device is not told.'),
  },
  'not-allowed': { tone: 'warning', text: sentence('Your browser does not let Confab show notifications yet.') },
} as const satisfies Record<TestResult, { tone: 'info' | 'warning' | 'danger'; text: Sentence }>;

/** Says step by step what works and what stands in the way, and sends a real one. */
export default function NotificationTestPage() {
  const confab = useConfab();
  const now = useNow();
  const settings = useStore(confab.settings.state);
  const rooms = useStore(confab.rooms.list);
  const { permission, push, look } = useThisBrowser();
  const { own, look: lookAtMail } = useOwnMail();
  const [result, setResult] = useState<TestResult | null>(null);
  const { run, busy, failure } = useAction(async () => {
    setResult(null);
    setResult(await sendTest(confab));
    await look();
  });
  const silentRooms = rooms.filter((room) => room.info.archivedAt === null && isMuted(room, now)).length;
  const facts = { secure: isSecureContext, permission, settings, silentRooms, now };
  return (
    <Page title={t('Test my notifications')} before={<BackButton />}>
      <PageSection
        title={t('Send one')}
        hint={t('It takes the way that a message to you takes, and comes back to this device.')}
      >
        <div className={styles.send}>
          <Button look="primary" busy={busy} onClick={() => void run()}>
            {t('Send a notification')}
          </Button>
          {busy ? <span className={styles.note}>{t('On its way…')}</span> : null}
        </div>
        {result === null ? null : <Banner tone={results[result].tone}>{t(results[result].text)}</Banner>}
        {failure === null ? null : <Banner tone="danger">{failure}</Banner>}
        {own === null ? null : <TestMail own={own} onDone={lookAtMail} />}
      </PageSection>
      <PageSection title={t('Where it can get stuck')} hint={t('From this device to what you chose to be told of.')}>
        {push === null || own === null ? null : (
          <ol className={styles.checks}>
            {checksOf({ ...facts, push, mail: own }).map((check) => (
              <CheckLine key={check.what} check={check} />
            ))}
          </ol>
        )}
        <Link className={styles.testLink} to={{ page: 'settings', part: 'notifications' }}>
          {t('Change my settings')}
        </Link>
      </PageSection>
    </Page>
  );
}

function CheckLine({ check: { what, state, text } }: { check: Check }) {
  const { icon: Icon, label } = marks[state];
  return (
    <li className={styles.check} data-state={state}>
      <Icon size={20} role="img" aria-label={t(label)} className={styles.checkIcon} />
      <div>
        <p className={styles.checkTitle}>{what}</p>
        <p className={styles.note}>{text}</p>
      </div>
    </li>
  );
}
