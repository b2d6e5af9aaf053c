import { useConfab } from '@confab/client/react';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import notifications from '../notifications/notifications.module.css';
import { useSetting } from '../settings/use-setting.ts';
import { EmailForm } from './email-form.tsx';
import styles from './mail.module.css';
import { emailWords, notSetUp } from './mail-words.ts';
import { useOwnMail } from './use-own-mail.ts';

const times = () =>
  [
    { value: '15-minutes', label: t('After 15 minutes') },
    { value: 'hour', label: t('After an hour') },
    { value: 'daily', label: t('Daily'), hint: t('At 8 in the morning') },
    { value: 'never', label: t('Never') },
  ] as const;

/** Where mails about missed messages go, and when. */
export function OwnEmail() {
  const { own, look } = useOwnMail();
  const [editing, setEditing] = useState(false);
  if (own === null) return null;
  const { state, email } = own;
  if (state !== 'ready' && email === null) return <EmailBox title={t('No e-mail')} text={t(notSetUp[state])} />;
  if (editing) {
    const done = () => {
      setEditing(false);
      void look().catch(() => {});
    };
    return <EmailForm onDone={done} onCancel={() => setEditing(false)} />;
  }
  if (email === null) {
    return (
      <EmailBox title={t('E-mail')} text={t('Give an address to get a mail about messages that you missed.')}>
        <Button onClick={() => setEditing(true)}>{t('Add an address')}</Button>
      </EmailBox>
    );
  }
  const text = state === 'ready' ? emailWords(email) : t(notSetUp[state]);
  return (
    <>
      <EmailBox title={email.address} text={text}>
        <EmailButtons verified={email.verified} onEdit={() => setEditing(true)} onDone={look} />
      </EmailBox>
      <DigestChoice />
    </>
  );
}

interface EmailBoxProps {
  readonly title: string;
  readonly text: string;
  readonly children?: React.ReactNode;
}

function EmailBox({ title, text, children }: EmailBoxProps) {
  return (
    <div className={notifications.device}>
      <Mail size={20} aria-hidden className={notifications.deviceIcon} />
      <div className={notifications.deviceWords}>
        <p className={notifications.deviceTitle}>{title}</p>
        <p className={notifications.note}>{text}</p>
      </div>
      {children}
    </div>
  );
}

interface EmailButtonsProps {
  readonly verified: boolean;
  readonly onEdit: () => void;
  readonly onDone: () => Promise<void>;
}

function EmailButtons({ verified, onEdit, onDone }: EmailButtonsProps) {
  const confab = useConfab();
  const toasts = useToasts();
  const again = useAction(async () => {
    await confab.call('account.confirm-email', {});
    toasts.done(t('A new link is on its way. Earlier ones do not work any more.'));
    await onDone();
  });
  const remove = useAction(async () => {
    await confab.call('account.remove-email', {});
    await onDone();
  });
  const failure = again.failure ?? remove.failure;
  return (
    <>
      <div className={styles.buttons}>
        {verified ? null : (
          <Button busy={again.busy} onClick={() => void again.run()}>
            {t('Send again')}
          </Button>
        )}
        <Button onClick={onEdit}>{t('Change')}</Button>
        <Button busy={remove.busy} onClick={() => void remove.run()}>
          {t('Remove')}
        </Button>
      </div>
      {failure === null ? null : <Banner tone="danger">{failure}</Banner>}
    </>
  );
}

function DigestChoice() {
  const { settings } = useConfab();
  const toasts = useToasts();
  const [mailDigest] = useSetting('mailDigest');
  const choose = (value: typeof mailDigest) => {
    const mailTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    toasts.attempt(settings.set({ mailDigest: value, mailTimeZone }));
  };
  return <Choice legend={t('Mail about what you missed')} value={mailDigest} options={times()} onChange={choose} />;
}
