import { BackButton } from '../../app/shell/back-button.tsx';
import { t } from '../../language/sentences.ts';
import { Page, PageSection } from '../../ui/page.tsx';
import { PasswordSection } from '../accounts/password-section.tsx';
import { ProfileSection } from '../accounts/profile-section.tsx';
import { SessionList } from '../accounts/session-list.tsx';
import { BlockedPeople } from '../blocks/blocked-people.tsx';
import { AccountExport } from '../exports/account-export.tsx';
import { NotificationsSection } from '../notifications/notifications-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DoNotDisturbSection } from './do-not-disturb-section.tsx';
import { MessagesSection } from './messages-section.tsx';

/** Everything about oneself, part by part. */
export default function SettingsPage() {
  return (
    <Page title={t('Settings')} before={<BackButton />}>
      <ProfileSection />
      <AppearanceSection />
      <MessagesSection />
      <NotificationsSection />
      <DoNotDisturbSection />
      <PageSection
        title={t('Blocked people')}
        hint={t('They cannot write to you, and what they write elsewhere is folded.')}
      >
        <BlockedPeople />
      </PageSection>
      <PasswordSection />
      <AccountExport />
      <PageSection title={t('Sessions')} hint={t('Where you are signed in. End any that you do not know.')}>
        <SessionList />
      </PageSection>
    </Page>
  );
}
