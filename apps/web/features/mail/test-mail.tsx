import type { Confab } from '@confab/client';
import { useConfab } from '@confab/client/react';
import type { OwnMail } from '@confab/protocol';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import notifications from '../notifications/notifications.module.css';

const longestMs = 20_000;
const lookAgainMs = 1_000;

const results = {
  taken: {
    tone: 'info',
    text: sentence('The mail server took it. If it does not come within some minutes, look among your spam.'),
  },
  failed: { tone: 'danger', text: sentence('The mail server did not take it. The list below says why.') },
  silent: { tone: 'warning', text: sentence('The mail server did not answer within 20 seconds.') },
} as const;

const pause = () => new Promise((resolve) => setTimeout(resolve, lookAgainMs));

async function sendMail(confab: Confab): Promise<keyof typeof results> {
  const sentAt = async () => (await confab.call('account.show-email', {})).email;
  const before = await sentAt();
  await confab.call('account.test-email', {});
  for (let waitedMs = 0; ; waitedMs += lookAgainMs) {
    const now = await sentAt();
    if (now?.sentAt !== before?.sentAt) return 'taken';
    if (now?.failure !== before?.failure) return 'failed';
    if (waitedMs >= longestMs) return now?.failure === null ? 'silent' : 'failed';
    await pause();
  }
}

/** Sends a real mail to oneself, once the address is confirmed. */
export function TestMail({ own, onDone }: { readonly own: OwnMail; readonly onDone: () => Promise<void> }) {
  const confab = useConfab();
  const [result, setResult] = useState<keyof typeof results | null>(null);
  const { run, busy, failure } = useAction(async () => {
    setResult(null);
    setResult(await sendMail(confab));
    await onDone();
  });
  if (own.state !== 'ready' || own.email?.verified !== true) return null;
  return (
    <>
      <div className={notifications.send}>
        <Button busy={busy} onClick={() => void run()}>
          {t('Send a test mail')}
        </Button>
        {busy ? <span className={notifications.note}>{t('On its way…')}</span> : null}
      </div>
      {result === null ? null : <Banner tone={results[result].tone}>{t(results[result].text)}</Banner>}
      {failure === null ? null : <Banner tone="danger">{failure}</Banner>}
    </>
  );
}
