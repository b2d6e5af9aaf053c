import { useConfab, useStore } from '@confab/client/react';
import type { RoomId, SectionId } from '@confab/protocol';
import { Check, List, Plus, Star } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useTitleOf } from '../rooms/use-room-title.ts';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import styles from './section-dialog.module.css';

/** Where a room stands in one's list: on top, in a section, or with the others. A press puts it there. */
export default function ArrangeRoomDialog({ room, onClose }: { room: RoomId; onClose: () => void }) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const { space } = useCurrentSpace();
  const { sections, places } = useStore(confab.sections.state);
  const state = useStore(confab.rooms.room(room));
  const titleOf = useTitleOf();
  const place = places.get(room);
  const put = (where: { section: SectionId | null; favourite: boolean }) => {
    toasts.attempt(confab.sections.place(room, where));
    onClose();
  };
  const title = state === undefined ? '' : titleOf(state.info);
  const own = sections.filter((section) => section.space === (state?.info.space ?? space?.id));
  const choice = (key: string, icon: ReactNode, name: string, checked: boolean, onPress: () => void) => (
    // biome-ignore lint/a11y/useSemanticElements: a choice that is taken at once, with the look of a list
    <button key={key} type="button" role="radio" aria-checked={checked} className={styles.choice} onClick={onPress}>
      {icon}
      <bdi>{name}</bdi>
      {checked ? <Check size={16} aria-hidden /> : null}
    </button>
  );
  const section = place?.section ?? null;
  const favourite = place?.favourite === true;
  return (
    <Dialog
      title={t('Where does {room} stand?', { room: title })}
      description={t('In your own room list.')}
      onClose={onClose}
    >
      <Choices>
        {choice('top', <Star size={16} aria-hidden />, t('Favourites, on top'), favourite, () =>
          put({ section, favourite: true }),
        )}
        {own.map(({ id, name }) =>
          choice(id, <List size={16} aria-hidden />, name, !favourite && section === id, () =>
            put({ section: id, favourite: false }),
          ),
        )}
        {choice('none', <List size={16} aria-hidden />, t('With the other rooms'), !favourite && section === null, () =>
          put({ section: null, favourite: false }),
        )}
      </Choices>
      {space === null ? null : (
        <button
          type="button"
          className={styles.choice}
          onClick={() => dialogs.open({ kind: 'section', space: state?.info.space ?? space.id, room })}
        >
          <Plus size={16} aria-hidden />
          <bdi>{t('New section with this room')}</bdi>
        </button>
      )}
    </Dialog>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The arrow keys go from one to the next; a press takes it. */
function Choices({ children }: { children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent) => {
    const by = steps[event.key];
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role="radio"]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (by === undefined || at === -1) return;
    event.preventDefault();
    all[(at + by + all.length) % all.length]?.focus();
  };
  return (
    <div ref={list} role="radiogroup" aria-label={t('Where it stands')} className={styles.choices} onKeyDown={press}>
      {children}
    </div>
  );
}
