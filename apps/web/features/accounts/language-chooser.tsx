import { languages } from '@confab/protocol/languages.ts';
import { Languages } from 'lucide-react';
import { usePreferences } from '../../app/preferences.tsx';
import { currentLanguage, languageNames } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import styles from './language-chooser.module.css';

/** What this page is read in, before one is signed in. Each language is called as those call it who speak it. */
export function LanguageChooser() {
  const { change } = usePreferences();
  return (
    <label className={styles.chooser}>
      <Languages size={16} aria-hidden />
      <select
        className={styles.select}
        aria-label={t('Language')}
        value={currentLanguage()}
        onChange={({ target }) => change({ language: languages.find((language) => language === target.value) ?? null })}
      >
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
