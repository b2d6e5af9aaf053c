import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { browserLanguage, currentLanguage, speak } from '../language/language.ts';
import { usePreferences } from './preferences.tsx';

/** Draws everything anew when another language is spoken: every sentence on the page is another then. */
export function Spoken({ children }: { children: ReactNode }) {
  const { preferences } = usePreferences();
  const [spoken, setSpoken] = useState(currentLanguage);
  const wanted = preferences.language ?? browserLanguage();
  useEffect(() => {
    // A catalogue that cannot be loaded leaves the page as it is.
    void speak(wanted).then(
      () => setSpoken(currentLanguage()),
      () => {},
    );
  }, [wanted]);
  return <Fragment key={spoken}>{children}</Fragment>;
}
