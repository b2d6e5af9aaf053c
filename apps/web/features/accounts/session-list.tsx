import { useConfab } from '@confab/client/react';
import type { SessionView } from '@confab/protocol';
import { Laptop, Smartphone } from 'lucide-react';
import { useToasts } from '../../app/toasts.tsx';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { deviceName } from './device-name.ts';
import styles from './settings-page.module.css';

export function SessionList() {
  const confab = useConfab();
  const toasts = useToasts();
  const sessions = useLoaded(() => confab.account.listSessions(), 'sessions');
  if (sessions.status === 'failed') return <Banner tone="danger">{sessions.failure}</Banner>;
  if (sessions.status === 'loading') return <Skeleton shape="line" rows={2} />;
  const end = async (session: SessionView) => {
    await confab.account.revokeSession(session.id);
    sessions.change((list) => list.filter((other) => other.id !== session.id));
  };
  return (
    <ul className={styles.list}>
      {sessions.value.map((session) => {
        const device = deviceName(session.agent);
        const Icon = device.kind === 'phone' ? Smartphone : Laptop;
        return (
          <li key={session.id} className={styles.entry}>
            <Icon size={20} aria-hidden />
            <span className={styles.about}>
              <span title={session.agent}>{device.name}</span>
              <span className={styles.detail}>
                {session.current ? <span className={styles.mark}>{t('This device')}</span> : null}
                {session.current ? ' · ' : null}
                {t('last used {used}, signed in {since}', {
                  used: formatDateTime(session.lastUsedAt),
                  since: formatDateTime(session.createdAt),
                })}
              </span>
            </span>
            {session.current ? null : (
              <Button
                size="small"
                aria-label={t('End the session on {device}', { device: device.name })}
                onClick={() => toasts.attempt(end(session), t('The session was ended.'))}
              >
                {t('End')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
