import { useConfab, useStore } from '@confab/client/react';
import type { Settings as AccountSettings } from '@confab/protocol';
import { DoorOpen, Keyboard, LogOut, Monitor, Moon, Settings, SmilePlus, Sun, UserCheck, UserX } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import type { MenuProps } from '../../ui/menu.tsx';
import RadixMenu from '../../ui/radix-menu.tsx';
import { StatusLine } from '../status/status-line.tsx';
import { useStatus } from '../status/use-status.ts';
import styles from './account-menu.module.css';
import { useSignedIn } from './signed-in.tsx';

/** Evaluated where they are shown, as the language may change. */
export const themes = () =>
  [
    { value: 'system', label: t('System'), icon: <Monitor size={16} aria-hidden /> },
    { value: 'light', label: t('Light'), icon: <Sun size={16} aria-hidden /> },
    { value: 'dark', label: t('Dark'), icon: <Moon size={16} aria-hidden /> },
  ] as const satisfies readonly { value: AccountSettings['theme']; label: string; icon: React.ReactNode }[];

/** Everything that is about oneself. */
export default function AccountChoices({ trigger }: { trigger: MenuProps['trigger'] }) {
  const confab = useConfab();
  const { me } = useSignedIn();
  const { theme, presence } = useStore(confab.settings.state);
  const { status } = useStatus(me.id);
  const { go } = useNavigation();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const away = presence === 'away';
  return (
    <RadixMenu
      side="top"
      trigger={trigger}
      heading={
        <div className={styles.heading}>
          <strong>
            <bdi>{me.name}</bdi>
          </strong>
          <span className={styles.handle}>@{me.handle}</span>
          <StatusLine user={me.id} />
        </div>
      }
      groups={[
        [
          {
            kind: 'action',
            label: status === undefined ? t('Set a status') : t('Change your status'),
            icon: <SmilePlus size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'status' }),
          },
          {
            kind: 'action',
            label: away ? t('Set yourself as active') : t('Set yourself as away'),
            icon: away ? <UserCheck size={16} aria-hidden /> : <UserX size={16} aria-hidden />,
            onSelect: () => toasts.attempt(confab.settings.set({ presence: away ? 'auto' : 'away' })),
          },
        ],
        [
          {
            kind: 'choice',
            label: t('Theme'),
            value: theme,
            options: themes(),
            onSelect: (next) => toasts.attempt(confab.settings.set({ theme: next as AccountSettings['theme'] })),
          },
        ],
        [
          {
            kind: 'action',
            label: t('Settings and sessions'),
            icon: <Settings size={16} aria-hidden />,
            onSelect: () => go({ page: 'settings', part: null }),
          },
          {
            kind: 'action',
            label: t('Doors'),
            icon: <DoorOpen size={16} aria-hidden />,
            onSelect: () => go({ page: 'doors' }),
          },
          {
            kind: 'action',
            label: t('Keyboard shortcuts'),
            icon: <Keyboard size={16} aria-hidden />,
            shortcut: '?',
            onSelect: () => dialogs.open({ kind: 'shortcuts' }),
          },
        ],
        [
          {
            kind: 'action',
            label: t('Sign out'),
            icon: <LogOut size={16} aria-hidden data-mirrored />,
            onSelect: () => toasts.attempt(confab.account.signOut()),
          },
        ],
      ]}
    />
  );
}
