import { Search } from 'lucide-react';
import { AccountMenu } from '../../features/accounts/account-menu.tsx';
import { SavedLink } from '../../features/bookmarks/saved-link.tsx';
import { MentionsLink } from '../../features/mentions/mentions-link.tsx';
import { RoomList } from '../../features/rooms/room-list.tsx';
import { ScheduledLink } from '../../features/scheduled/scheduled-link.tsx';
import { SearchLink } from '../../features/search/search-link.tsx';
import { keyName } from '../../features/shortcuts/key-name.ts';
import { SpaceMenu } from '../../features/spaces/space-menu.tsx';
import { ThreadsLink } from '../../features/threads/threads-link.tsx';
import { t } from '../../language/sentences.ts';
import { useDialogs } from '../dialogs.tsx';
import styles from './shell.module.css';

/** The first column: where one is, where one can go, and oneself. */
export function Sidebar() {
  const dialogs = useDialogs();
  return (
    <nav className={styles.side} aria-label={t('Rooms')}>
      <div className={styles.sideHead}>
        <SpaceMenu />
      </div>
      <button type="button" className={styles.jump} onClick={() => dialogs.open({ kind: 'palette' })}>
        <Search size={16} aria-hidden />
        <span>{t('Go to…')}</span>
        <kbd className={styles.jumpKey} aria-hidden>{`${keyName('Ctrl')} K`}</kbd>
      </button>
      <div className={styles.sideScroller}>
        <SearchLink />
        <ThreadsLink />
        <MentionsLink />
        <SavedLink />
        <ScheduledLink />
        <RoomList />
      </div>
      <div className={styles.sideFoot}>
        <AccountMenu />
      </div>
    </nav>
  );
}
