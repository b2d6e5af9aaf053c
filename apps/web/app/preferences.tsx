import type { Language } from '@confab/protocol';
import { languages } from '@confab/protocol/languages.ts';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';

/**
 * What holds on this device. Kept in local storage; other tabs follow. How it looks is the person's setting, kept here
 * too for the time before it is known who comes.
 */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  density: 'comfortable' | 'compact';
  textSize: 'small' | 'medium' | 'large';
  /** Null: what the browser asks for. */
  language: Language | null;
  /** Whether the composer shows its formatting toolbar. */
  formatting: boolean;
}

const defaults: Preferences = {
  theme: 'system',
  density: 'comfortable',
  textSize: 'medium',
  language: null,
  formatting: false,
};
const storageKey = 'confab:preferences';

/** Reads stored preferences; whatever is missing or not understood is the default. */
export function parsePreferences(stored: string | null): Preferences {
  let found: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) found = parsed;
  } catch {
    // Written by something else: as if nothing had been stored.
  }
  return {
    theme: found.theme === 'light' || found.theme === 'dark' ? found.theme : defaults.theme,
    density: found.density === 'compact' ? 'compact' : defaults.density,
    textSize: found.textSize === 'small' || found.textSize === 'large' ? found.textSize : defaults.textSize,
    language: languages.find((language) => language === found.language) ?? null,
    formatting: found.formatting === true,
  };
}

interface PreferencesContextValue {
  preferences: Preferences;
  change(part: Partial<Preferences>): void;
}

const PreferencesContext = createContext<PreferencesContextValue | null>(null);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(storedPreferences);
  useEffect(() => {
    const root = document.documentElement;
    if (preferences.theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = preferences.theme;
    root.dataset.density = preferences.density;
    root.dataset.textSize = preferences.textSize;
  }, [preferences]);
  useEffect(() => {
    const follow = (event: StorageEvent) => {
      if (event.key === storageKey) setPreferences(parsePreferences(event.newValue));
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, []);
  const change = useCallback((part: Partial<Preferences>) => {
    setPreferences((last) => {
      const next = { ...last, ...part };
      try {
        localStorage.setItem(storageKey, JSON.stringify(next));
      } catch {
        // Storage is full or forbidden: the choice holds until the page is closed.
      }
      return next;
    });
  }, []);
  const value = useMemo(() => ({ preferences, change }), [preferences, change]);
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

/** What this device keeps, before anything is drawn. */
export function storedPreferences(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(storageKey));
  } catch {
    return defaults;
  }
}

export function usePreferences(): PreferencesContextValue {
  const value = use(PreferencesContext);
  if (value === null) throw new Error('usePreferences needs a PreferencesProvider above it.');
  return value;
}
