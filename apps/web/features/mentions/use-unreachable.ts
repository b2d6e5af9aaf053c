import { useConfab } from '@confab/client/react';
import { useEffect } from 'react';
import { useToasts } from '../../app/toasts.tsx';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** Says whom a mention did not reach, as they may not see its room. */
export function useUnreachable(): void {
  const confab = useConfab();
  const toasts = useToasts();
  useEffect(
    () =>
      confab.mentions.onUnreachable(({ handles }) => {
        const names = list.format(handles.map((handle) => `@${handle}`));
        toasts.say(`${names} cannot see this room, so nobody told them. Add them to the room to reach them.`);
      }),
    [confab, toasts],
  );
}
