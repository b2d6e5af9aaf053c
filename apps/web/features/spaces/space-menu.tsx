import { useConfab, useStore } from '@confab/client/react';
import { ChevronDown } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { lazyMenu } from '../../ui/menu.tsx';
import { ReportsWaiting } from '../moderation/reports-waiting.tsx';
import { useCurrentSpace } from './current-space.tsx';
import styles from './space-menu.module.css';

const SpaceChoices = lazyMenu(() => import('./space-choices.tsx'));

/** The space's name at the head of the room list, with a menu, and what waits for its moderators. */
export function SpaceMenu() {
  const { space } = useCurrentSpace();
  const { reports } = useStore(useConfab().moderation.own);
  if (space === null) return null;
  const waiting = reports.find((each) => each.space === space.id)?.open ?? 0;
  return (
    <>
      <SpaceChoices
        waiting={waiting}
        trigger={
          <button type="button" className={styles.trigger} aria-label={t('Space menu: {name}', { name: space.name })}>
            {space.picture ? <Avatar id={space.id} name={space.name} picture={space.picture} size="tiny" /> : null}
            <span className={styles.name}>
              <bdi>{space.name}</bdi>
            </span>
            <ChevronDown size={16} aria-hidden />
          </button>
        }
      />
      <ReportsWaiting count={waiting} />
    </>
  );
}
