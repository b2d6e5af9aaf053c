import { useConfab } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { Hash, Lock } from 'lucide-react';
import { useNavigation } from '../../app/navigation.tsx';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useAction } from '../../app/use-action.ts';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';

/** A room that one is not in: a way in where there is one. */
export default function StrangerPage({ room }: { room: RoomId }) {
  const confab = useConfab();
  const { go } = useNavigation();
  const found = useLoaded(() => confab.call('room.show', { room }), room);
  const { run, busy, failure } = useAction(() => confab.rooms.join(room));
  if (found.status === 'loading') return null;
  if (found.status === 'failed') {
    return (
      <Page title={t('Room')} before={<BackButton />}>
        <EmptyState
          icon={<Lock size={24} />}
          title={t('This room is not yours to see')}
          action={<Button onClick={() => go({ page: 'home' }, { replace: true })}>{t('Go to your rooms')}</Button>}
        >
          {found.failure}
        </EmptyState>
      </Page>
    );
  }
  const { info, memberCount } = found.value.room;
  return (
    <Page title={info.name} before={<BackButton />}>
      <EmptyState
        icon={<Hash size={24} />}
        title={info.name}
        action={
          <Button look="primary" busy={busy} onClick={() => run()}>
            {t('Join room')}
          </Button>
        }
      >
        {info.topic ||
          t('{count, plural, one {# person is in this room.} other {# people are in this room.}}', {
            count: memberCount,
          })}{' '}
        {t('Join to read and write.')}
      </EmptyState>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
    </Page>
  );
}
