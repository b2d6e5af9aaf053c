import { useConfab, useStore } from '@confab/client/react';
import { type ReactNode, Suspense } from 'react';
import { ConnectionLine } from '../../features/connection/connection-line.tsx';
import { EmojiPickerProvider } from '../../features/emoji/emoji-picker-layer.tsx';
import { PlayerProvider } from '../../features/files/player-context.tsx';
import { useUnreachable } from '../../features/mentions/use-unreachable.ts';
import { ModerationNotes } from '../../features/moderation/moderation-notes.tsx';
import { useAway } from '../../features/presence/use-away.ts';
import { ReminderBar } from '../../features/reminders/reminder-bar.tsx';
import { RoomPage } from '../../features/rooms/room-page.tsx';
import { CurrentSpaceProvider } from '../../features/spaces/current-space.tsx';
import { t } from '../../language/sentences.ts';
import { lazy } from '../../ui/lazy.ts';
import { DialogProvider } from '../dialogs.tsx';
import { useNavigation } from '../navigation.tsx';
import { ToastProvider } from '../toasts.tsx';
import { useLeaveWarning } from '../use-leave-warning.ts';
import { HomePage } from './home-page.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { useWindowTitle } from './use-window-title.ts';

const BrowsePage = lazy(() => import('../../features/rooms/browse-page.tsx'));
const MessageLinkPage = lazy(() => import('../../features/messages/message-link-page.tsx'));
const MentionsPage = lazy(() => import('../../features/mentions/mentions-page.tsx'));
const ThreadsPage = lazy(() => import('../../features/threads/threads-page.tsx'));
const SavedPage = lazy(() => import('../../features/bookmarks/saved-page.tsx'));
const ScheduledPage = lazy(() => import('../../features/scheduled/scheduled-page.tsx'));
const SearchPage = lazy(() => import('../../features/search/search-page.tsx'));
const SettingsPage = lazy(() => import('../../features/settings/settings-page.tsx'));
const Notifier = lazy(() => import('../../features/notifications/notifier.tsx'));
const NotificationTestPage = lazy(() => import('../../features/notifications/notification-test-page.tsx'));
const UnknownPage = lazy(() => import('./unknown-page.tsx'));
/** Needed once there is something to see. */
const TooltipLayer = lazy(() => import('../../ui/tooltip-layer.tsx'));
const Shortcuts = lazy(() => import('../../features/shortcuts/shortcuts.tsx'));
const UpdateLine = lazy(() => import('../../features/updates/update-line.tsx'));
const DoorsPage = lazy(() => import('../../features/doors/doors-page.tsx'));
const SharePage = lazy(() => import('../../features/uploads/share-page.tsx'));
const SpacePage = lazy(() => import('../../features/spaces/space-page.tsx'));
const ModerationPage = lazy(() => import('../../features/moderation/moderation-page.tsx'));

/** Everything there is for someone who is signed in: rooms · conversation · panel. */
export default function Shell() {
  return (
    <ToastProvider>
      <CurrentSpaceProvider>
        <EmojiPickerProvider>
          <PlayerProvider>
            <DialogProvider>
              <Columns />
            </DialogProvider>
          </PlayerProvider>
          <Suspense fallback={null}>
            <TooltipLayer />
          </Suspense>
        </EmojiPickerProvider>
      </CurrentSpaceProvider>
    </ToastProvider>
  );
}

function Columns() {
  const { route } = useNavigation();
  useAway();
  useWindowTitle();
  useUnreachable();
  useLeaveWarning(useStore(useConfab().files.unkept));
  return (
    <div className={styles.shell} data-page={route.page}>
      <a className={styles.skip} href="#main">
        {t('Skip to the conversation')}
      </a>
      <ConnectionLine />
      <Suspense fallback={null}>
        <Shortcuts />
      </Suspense>
      {import.meta.env.PROD ? (
        <Suspense fallback={null}>
          <UpdateLine />
        </Suspense>
      ) : null}
      <Suspense fallback={null}>
        <Notifier />
      </Suspense>
      <ReminderBar />
      <ModerationNotes />
      <div className={styles.columns}>
        <Sidebar />
        <main id="main" className={styles.main} tabIndex={-1}>
          <Suspense fallback={null}>
            <Main />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

function Main(): ReactNode {
  const { route } = useNavigation();
  const rooms = useStore(useConfab().rooms.list);
  switch (route.page) {
    case 'room':
      return <RoomPage key={route.room} route={route} />;
    case 'message':
      return <MessageLinkPage key={route.message} message={route.message} />;
    case 'threads':
      return <ThreadsPage />;
    case 'mentions':
      return <MentionsPage />;
    case 'saved':
      return <SavedPage />;
    case 'scheduled':
      return <ScheduledPage />;
    case 'search':
      return <SearchPage place={route} />;
    case 'browse':
      return <BrowsePage />;
    case 'settings':
      return <SettingsPage part={route.part} />;
    case 'notification-test':
      return <NotificationTestPage />;
    case 'share':
      return <SharePage />;
    case 'space':
      return <SpacePage />;
    case 'moderation':
      return <ModerationPage />;
    case 'doors':
      return <DoorsPage />;
    case 'home':
    case 'join':
      return <HomePage rooms={rooms} />;
    default:
      return <UnknownPage />;
  }
}
