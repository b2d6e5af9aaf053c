import { useConfab, useStore } from '@confab/client/react';
import type { SpaceId } from '@confab/protocol';
import { ListFilter } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { lazyMenu } from '../../ui/menu.tsx';

const ListChoices = lazyMenu(() => import('./list-choices.tsx'));

/** The button beside the room list that says how it is drawn. */
export function ListOptions({ space }: { space: SpaceId }) {
  const { roomsShown } = useStore(useConfab().settings.state);
  const pressed = roomsShown === 'unread';
  return (
    <ListChoices
      space={space}
      trigger={
        <IconButton size="small" label={t('List options')} icon={<ListFilter size={17} />} aria-pressed={pressed} />
      }
    />
  );
}
