import { Compass, MessagesSquare, Plus } from 'lucide-react';
import { useCurrentSpace } from '../../features/spaces/current-space.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useDialogs } from '../dialogs.tsx';
import { useNavigation } from '../navigation.tsx';

/** What somebody finds who is in no room: how to get into one. */
export default function NoRoomsPage() {
  const { go } = useNavigation();
  const { space } = useCurrentSpace();
  const dialogs = useDialogs();
  if (space === null) {
    return (
      <EmptyState heading="h1" icon={<MessagesSquare size={24} />} title={t('You are in no space yet')}>
        {t('Ask someone for an invitation link and open it here.')}
      </EmptyState>
    );
  }
  if (space.role === 'guest') {
    return (
      <EmptyState heading="h1" icon={<MessagesSquare size={24} />} title={t('No rooms yet')}>
        {t('As a guest you see the rooms that someone adds you to. They will show here.')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      heading="h1"
      icon={<MessagesSquare size={24} />}
      title={t('Welcome to {name}', { name: space.name })}
      action={
        <>
          <Button
            look="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => dialogs.open({ kind: 'create-room', space: space.id })}
          >
            {t('Create a room')}
          </Button>
          <Button icon={<Compass size={16} aria-hidden />} onClick={() => go({ page: 'browse' })}>
            {t('Browse rooms')}
          </Button>
        </>
      }
    >
      {t('Talk happens in rooms, one for each subject. Make the first, or join one that is there.')}
    </EmptyState>
  );
}
