import { useState } from 'react';
import { useEntrance } from '../../app/entrance.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { useAction } from '../../app/use-action.ts';
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
    title: 'Confirm your e-mail address',
    lead: 'Messages that you miss are then told to you there.',
    action: 'Confirm this address',
    doneTitle: 'Your address is confirmed',
    doneLead: 'In your settings you choose when a mail comes.',
  },
  unsubscribe: {
    title: 'No more mail about messages',
    lead: 'You can turn these mails on again in your settings.',
    action: 'Stop these mails',
    doneTitle: 'You get no more mail about messages',
    doneLead: 'You can turn it on again in your settings.',
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
      <Entrance title={doneTitle} lead={doneLead}>
        <Button look="primary" onClick={() => go({ page: 'settings' }, { replace: true })}>
          Open your settings
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title={title} lead={lead}>
      <div className={entrance.form}>
        {failure === null ? null : <Banner tone="danger">{failure}</Banner>}
        <Button look="primary" busy={busy} onClick={() => void run()}>
          {action}
        </Button>
        <Button onClick={() => go({ page: 'home' }, { replace: true })}>Not now</Button>
      </div>
    </Entrance>
  );
}
