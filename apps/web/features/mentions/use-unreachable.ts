import { useConfab } from '@confab/client/react';
import { useEffect } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { perLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';

const list = perLanguage((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

/** Says whom a mention did not reach, as they may not see its room. */
export function useUnreachable(): void {
  const confab = useConfab();
  const toasts = useToasts();
  useEffect(
    () =>
      confab.mentions.onUnreachable(({ handles }) => {
        const names = list().format(handles.map((handle) => `@${handle}`));
        toasts.say(
          t('{names} cannot see this room, so nobody told them. Add them to the room to reach them.', { names }),
        );
      }),
    [confab, toasts],
  );
}
