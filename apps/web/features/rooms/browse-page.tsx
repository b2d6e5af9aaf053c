import { useConfab, useStore } from '@confab/client/react';
import type { RoomView, SpaceView } from '@confab/protocol';
import { Plus, Search } from 'lucide-react';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { Link, useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import styles from './browse-page.module.css';
import { RoomIcon } from './room-icon.tsx';

/** Every room of the space that one may see: search, join, make a new one. */
export default function BrowsePage() {
  const { space } = useCurrentSpace();
  const dialogs = useDialogs();
  if (space === null) return null;
  const create = () => dialogs.open({ kind: 'create-room', space: space.id });
  return (
    <Page
      title={t('Browse rooms')}
      before={<BackButton />}
      actions={
        <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={create}>
          {t('Create room')}
        </Button>
      }
    >
      <Rooms space={space} key={space.id} onCreate={create} />
    </Page>
  );
}

function Rooms({ space, onCreate }: { space: SpaceView; onCreate: () => void }) {
  const confab = useConfab();
  const [search, setSearch] = useState('');
  const rooms = useLoaded(() => confab.rooms.browse(space.id), space.id);
  const wanted = search.trim().toLowerCase();
  const shown =
    rooms.status === 'ready'
      ? rooms.value.filter(({ info }) => `${info.name}\n${info.topic}`.toLowerCase().includes(wanted))
      : [];
  return (
    <div className={styles.page}>
      <SearchField
        label={t('Search rooms')}
        placeholder={t('Search rooms by name or topic')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {rooms.status === 'failed' ? <Banner tone="danger">{rooms.failure}</Banner> : null}
      {rooms.status === 'loading' ? <Skeleton rows={6} /> : null}
      {rooms.status === 'ready' && shown.length === 0 ? (
        <EmptyState
          icon={<Search size={24} />}
          title={wanted === '' ? t('No rooms yet') : t('No room like that')}
          action={<Button onClick={onCreate}>{t('Create a room')}</Button>}
        >
          {wanted === ''
            ? t('Talk happens in rooms. Make the first one.')
            : t('Try another word, or make the room yourself.')}
        </EmptyState>
      ) : null}
      <ul className={styles.list}>
        {shown.map((room) => (
          <Entry key={room.info.id} room={room} />
        ))}
      </ul>
    </div>
  );
}

function Entry({ room }: { room: RoomView }) {
  const confab = useConfab();
  const toasts = useToasts();
  const { go } = useNavigation();
  const joined = useStore(confab.rooms.room(room.info.id)) !== undefined;
  const { info } = room;
  const [busy, setBusy] = useState(false);
  const join = async () => {
    setBusy(true);
    try {
      await confab.rooms.join(info.id);
      go(roomRoute(info.id));
    } catch (error) {
      toasts.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className={styles.entry}>
      <RoomIcon room={info} size={18} />
      <span className={styles.about}>
        <span className={styles.name}>
          <bdi>{info.name}</bdi>
        </span>
        <span className={styles.topic}>
          <bdi>
            {[t('{count, plural, one {# member} other {# members}}', { count: room.memberCount }), info.topic]
              .filter(Boolean)
              .join(' · ')}
          </bdi>
        </span>
      </span>
      {joined ? (
        <Link to={roomRoute(info.id)} className={styles.open} aria-label={t('Open {name}', { name: info.name })}>
          {t('Open')}
        </Link>
      ) : (
        <Button size="small" busy={busy} aria-label={t('Join {name}', { name: info.name })} onClick={join}>
          {t('Join')}
        </Button>
      )}
    </li>
  );
}
