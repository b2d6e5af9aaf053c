import { othersIn, type RoomState } from '@confab/client';
import type { RoomInfo, UserId } from '@confab/protocol';
import { Ellipsis, Search, Users } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { searchRoute } from '../../app/route.ts';
import { BackButton } from '../../app/shell/back-button.tsx';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { lazyMenu } from '../../ui/menu.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { PersonButton } from '../directs/person-button.tsx';
import { NotificationMenu } from '../mentions/notification-menu.tsx';
import { PresenceWords } from '../presence/presence-words.tsx';
import { keyName } from '../shortcuts/key-name.ts';
import { StatusLine } from '../status/status-line.tsx';
import { RoomIcon } from './room-icon.tsx';
import styles from './room-page.module.css';
import type { RoomRoute } from './room-page.tsx';
import { useRoomTitle } from './use-room-title.ts';

const RoomMenu = lazyMenu(() => import('./room-menu.tsx'));
const PlaceMenu = lazyMenu(() => import('../directs/place-menu.tsx'));

export function RoomHeader({ room, route }: { room: RoomState; route: RoomRoute }) {
  const dialogs = useDialogs();
  const { go } = useNavigation();
  const { info, memberCount } = room;
  const settings = () => dialogs.open({ kind: 'room-settings', room: info.id });
  const details = () => go({ ...route, panel: route.panel === 'details' ? null : 'details' });
  const open = route.panel === 'members';
  const searching = typeof route.panel === 'object' && route.panel !== null && 'search' in route.panel;
  return (
    <header className={styles.header}>
      <BackButton />
      <div className={styles.about}>
        <h1 className={styles.title}>
          <RoomIcon room={info} size={18} />
          <RoomTitle info={info} />
        </h1>
        {info.kind === 'direct' ? (
          <PartnerState info={info} />
        ) : info.archivedAt === null ? (
          <button type="button" className={styles.topic} dir="auto" title={info.topic || undefined} onClick={details}>
            {info.topic || t('Add a topic')}
          </button>
        ) : null}
      </div>
      {info.kind === 'direct' ? null : (
        <button
          type="button"
          className={styles.members}
          aria-pressed={open}
          aria-label={t('Members, {count}', { count: memberCount })}
          onClick={() => go({ ...route, panel: open ? null : 'members' })}
        >
          <Users size={18} aria-hidden />
          {memberCount}
        </button>
      )}
      <IconButton
        label={t('Search messages')}
        shortcut={`${keyName('Ctrl')} ${keyName('Shift')} F`}
        icon={<Search size={18} />}
        className={styles.search}
        aria-pressed={searching}
        onClick={() => go(searching ? { ...route, panel: null } : searchRoute(route))}
      />
      <NotificationMenu room={room} />
      {info.space === null ? (
        <PlaceMenu
          trigger={<IconButton label={t('Conversation menu')} icon={<Ellipsis size={18} />} />}
          room={room}
          onSettings={settings}
          onDetails={details}
          onPanel={(panel) => go({ ...route, panel })}
        />
      ) : (
        <RoomMenu
          trigger={<IconButton label={t('Room menu')} icon={<Ellipsis size={18} />} />}
          room={room}
          route={route}
          onSettings={settings}
          onDetails={details}
        />
      )}
    </header>
  );
}

function RoomTitle({ info }: { info: RoomInfo }) {
  const title = useRoomTitle(info);
  const partner = usePartner(info);
  const name = <bdi>{title}</bdi>;
  return (
    <span className={styles.name} title={title}>
      {partner === null ? name : <PersonButton user={partner}>{name}</PersonButton>}
    </span>
  );
}

/** Beside the title of a direct: whether the other person is there. */
function PartnerState({ info }: { info: RoomInfo }) {
  const partner = usePartner(info);
  return (
    <span className={styles.state}>
      {partner === null ? (
        t('Only you see this')
      ) : (
        <>
          <PresenceWords user={partner} /> <StatusLine user={partner} />
        </>
      )}
    </span>
  );
}

/** The other person of a direct; `null` for all else. */
function usePartner(info: RoomInfo): UserId | null {
  const { me } = useSignedIn();
  return info.kind === 'direct' ? (othersIn(info, me.id)[0] ?? null) : null;
}
