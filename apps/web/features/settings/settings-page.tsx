import { useEffect } from 'react';
import { Link } from '../../app/navigation.tsx';
import { BackButton } from '../../app/shell/back-button.tsx';
import { t } from '../../language/sentences.ts';
import { Page, PageSection, showSection } from '../../ui/page.tsx';
import styles from './settings.module.css';
import { settingsContents } from './settings-contents.ts';
import { type SettingsPart, settingsParts, settingsTitles } from './settings-titles.ts';

/** Everything about oneself, part by part; the address may name one. */
export default function SettingsPage({ part }: { part: SettingsPart | null }) {
  useEffect(() => {
    if (part !== null) showSection(part);
  }, [part]);
  return (
    <Page title={t('Settings')} before={<BackButton />}>
      <nav className={styles.parts} aria-label={t('Settings')}>
        {settingsParts.map((each) => (
          <Link key={each} to={{ page: 'settings', part: each }} aria-current={each === part ? 'location' : undefined}>
            {t(settingsTitles[each])}
          </Link>
        ))}
      </nav>
      {settingsParts.map((each) => {
        const { hint, Content } = settingsContents[each];
        return (
          <PageSection key={each} id={each} title={t(settingsTitles[each])} hint={hint && t(hint)}>
            <Content />
          </PageSection>
        );
      })}
    </Page>
  );
}
