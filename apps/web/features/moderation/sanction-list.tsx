import { useConfab } from '@confab/client/react';
import type { Ban, Mute, SpaceView } from '@confab/protocol';
import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageSection } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './moderation.module.css';

/** Who may not write here, or not come in, and the way to take it back. */
export function SanctionList({ space }: { space: SpaceView }) {
  const confab = useConfab();
  const toasts = useToasts();
  const loaded = useLoaded(() => confab.call('moderation.sanctions', { space: space.id }), space.id);
  if (loaded.status === 'failed') return <Banner tone="danger">{loaded.failure}</Banner>;
  if (loaded.status === 'loading') return <Skeleton rows={4} />;
  const { mutes, bans } = loaded.value;
  const unmute = async (mute: Mute) => {
    const { user, room } = mute;
    await confab.call('moderation.unmute', { space: space.id, user, ...(room ? { room } : {}) });
    loaded.change((last) => ({ ...last, mutes: last.mutes.filter((other) => other !== mute) }));
  };
  const unban = async (ban: Ban) => {
    await confab.call('moderation.unban', { space: space.id, user: ban.user });
    loaded.change((last) => ({ ...last, bans: last.bans.filter((other) => other !== ban) }));
  };
  if (mutes.length + bans.length === 0) {
    return (
      <EmptyState icon={<ShieldCheck size={24} />} title={t('Nobody is muted or banned')}>
        {t('Open somebody’s profile and choose “Moderate” to warn, mute or ban them.')}
      </EmptyState>
    );
  }
  return (
    <>
      {mutes.length === 0 ? null : (
        <PageSection title={t('Muted people')} hint={t('They read, and do not write.')}>
          <ul className={styles.cases}>
            {mutes.map((mute) => (
              <Sanction key={`${mute.user} ${mute.room}`} sanction={mute}>
                <Button size="small" onClick={() => toasts.attempt(unmute(mute), t('They can write again.'))}>
                  {t('Unmute')}
                </Button>
              </Sanction>
            ))}
          </ul>
        </PageSection>
      )}
      {bans.length === 0 ? null : (
        <PageSection title={t('Banned')} hint={t('They cannot come in, whichever invitation they have.')}>
          <ul className={styles.cases}>
            {bans.map((ban) => (
              <Sanction key={ban.user} sanction={ban}>
                <Button
                  size="small"
                  onClick={() => toasts.attempt(unban(ban), t('They can come back with an invitation.'))}
                >
                  {t('Lift the ban')}
                </Button>
              </Sanction>
            ))}
          </ul>
        </PageSection>
      )}
    </>
  );
}

function termOf(sanction: Mute | Ban): string {
  const inOneRoom = 'room' in sanction && sanction.room !== null;
  if (sanction.until === null) {
    return inOneRoom ? t('Until it is taken back, in one room') : t('Until it is taken back');
  }
  const time = formatDateTime(sanction.until);
  return inOneRoom ? t('Until {time}, in one room', { time }) : t('Until {time}', { time });
}

function Sanction({ sanction, children }: { sanction: Mute | Ban; children: ReactNode }) {
  const { user, reason } = sanction;
  return (
    <li className={styles.case}>
      <div className={styles.head}>
        <PersonAvatar user={user} size="small" />
        <span className={styles.grow}>
          <strong>
            <PersonName user={user} />
          </strong>
          <span className={styles.line}>{termOf(sanction)}</span>
        </span>
        {children}
      </div>
      <p className={styles.soft} dir="auto">
        {reason}
      </p>
    </li>
  );
}
