import { useState } from 'react';
import { useEntrance } from '../../app/entrance.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { useAction } from '../../app/use-action.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import entrance from '../accounts/entrance.module.css';
import { Entrance } from '../accounts/entrance.tsx';

interface LinkPageProps {
  readonly link: 'verify-email' | 'unsubscribe';
  readonly token: string;
}

const words = {
  'verify-email': {
    title: sentence('Confirm your e-mail address'),
    lead: sentence('Messages that you miss are then told to you there.'),
    action: sentence('Confirm this address'),
    doneTitle: sentence('Your address is confirmed'),
    doneLead: sentence('In your settings you choose when a mail comes.'),
  },
  unsubscribe: {
    title: sentence('No more mail about messages'),
    lead: sentence('You can turn these mails on again in your settings.'),
    action: sentence('Stop these mails'),
    doneTitle: sentence('You get no more mail about messages'),
    doneLead: sentence('You can turn it on again in your settings.'),
  },
} as const;

/** Where links in mails lead. Only the button does something: mail programs look at links too. */
export default function LinkPage({ link, token }: LinkPageProps) {
  const { call } = useEntrance();
  const { go } = useNavigation();
  const [done, setDone] = useState(false);
  const { run, busy, failure } = useAction(async () => {
    if (link === 'verify-email') await call('email.verify', { token });
    else await call('email.unsubscribe', { token });
    setDone(true);
  });
  const { title, lead, action, doneTitle, doneLead } = words[link];
  if (done) {
    return (
      <Entrance title={t(doneTitle)} lead={t(doneLead)}>
        <Button look="primary" onClick={() => go({ page: 'settings', part: 'notifications' }, { replace: true })}>
          {t('Open your settings')}
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title={t(title)} lead={t(lead)}>
      <div className={entrance.form}>
        {failure === null ? null : <Banner tone="danger">{failure}</Banner>}
        <Button look="primary" busy={busy} onClick={() => void run()}>
          {t(action)}
        </Button>
        <Button onClick={() => go({ page: 'home' }, { replace: true })}>{t('Not now')}</Button>
      </div>
    </Entrance>
  );
}
