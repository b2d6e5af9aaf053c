import { useConfab } from '@confab/client/react';
import { ChevronRight, Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { RoomGroup } from './arranged-rooms.ts';
import { foldedGroups } from './folded-groups.ts';
import styles from './group-head.module.css';

const titles: Readonly<Record<string, Sentence>> = {
  favourites: sentence('Favourites'),
  public: sentence('Public'),
  private: sentence('Private'),
  directs: sentence('Direct messages'),
  archived: sentence('Archived'),
};

/** The name of a part of the room list; pressed, it folds. */
export function GroupHead({ group, actions }: { group: RoomGroup; actions?: ReactNode }) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const { key, section, folded } = group;
  const fold = () => {
    if (section === undefined) foldedGroups.set(key, !folded);
    else toasts.attempt(confab.sections.fold(section.id, !folded));
  };
  const fixed = titles[key];
  const name = section?.name ?? (fixed === undefined ? '' : t(fixed));
  return (
    <div className={styles.head}>
      <h3 className={styles.title}>
        <button type="button" className={styles.fold} aria-expanded={!folded} onClick={fold}>
          <ChevronRight className={styles.chevron} size={14} aria-hidden />
          <bdi className={styles.name}>{name}</bdi>
        </button>
      </h3>
      {section === undefined ? null : (
        <IconButton
          className={styles.more}
          size="small"
          label={t('Section {name}', { name })}
          icon={<Ellipsis size={16} />}
          onClick={() => dialogs.open({ kind: 'section', section })}
        />
      )}
      {actions}
    </div>
  );
}
