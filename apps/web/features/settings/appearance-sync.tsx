import { useConfab, useSettings, useStore } from '@confab/client/react';
import { useEffect } from 'react';
import { usePreferences } from '../../app/preferences.tsx';
import { currentLanguage } from '../../language/language.ts';

/** Lets the person's appearance hold on this device, which keeps it for the time before it knows who comes. */
export function AppearanceSync() {
  const confab = useConfab();
  const loaded = useStore(confab.settings.loaded);
  const { theme, density, textSize, language } = useSettings();
  const { change } = usePreferences();
  useEffect(() => {
    if (loaded) change({ theme, density, textSize });
  }, [change, loaded, theme, density, textSize]);
  useEffect(() => {
    if (!loaded) return;
    if (language !== null) change({ language });
    // Their first app tells what they read, so that mails come in it too. What fails now is told the next time.
    else if (currentLanguage() !== 'en') void confab.settings.set({ language: currentLanguage() }).catch(() => {});
  }, [confab, change, loaded, language]);
  return null;
}
