import { useSettings } from '@confab/client/react';
import { useEffect } from 'react';
import { usePreferences } from '../../app/preferences.tsx';

/** Lets the person's appearance hold on this device, which keeps it for the time before it knows who comes. */
export function AppearanceSync() {
  const { theme, density, textSize } = useSettings();
  const { change } = usePreferences();
  useEffect(() => change({ theme, density, textSize }), [change, theme, density, textSize]);
  return null;
}
