import { useConfab, useStore } from '@confab/client/react';
import type { Person, RoomId, SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AddToGroup } from '../directs/add-to-group.tsx';
import { ListedPerson } from '../people/listed-person.tsx';
import styles from '../people/people-list.module.css';
import { looksAfter, useCurrentSpace } from '../spaces/current-space.tsx';
import { everyone } from '../spaces/everyone.ts';

interface AddPeopleDialogProps {
  room: RoomId;
  onClose: () => void;
}

export default function AddPeopleDialog({ room, onClose }: AddPeopleDialogProps) {
  const state = useStore(useConfab().rooms.room(room));
  if (state?.info.space === null) return <AddToGroup room={state} onClose={onClose} />;
  return <AddToChannel room={room} onClose={onClose} />;
}

/** Adds people of the space to a room. */
function AddToChannel({ room, onClose }: AddPeopleDialogProps) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const { space } = useCurrentSpace();
  const state = useStore(confab.rooms.room(room));
  const [search, setSearch] = useState('');
  const people = useLoaded(() => outsiders(confab, state?.info.space, room), room);
  if (state === undefined) return null;
  const wanted = search.trim().toLowerCase();
  const shown =
    people.status === 'ready'
      ? people.value.filter(({ name, handle }) => name.toLowerCase().includes(wanted) || handle.includes(wanted))
      : [];
  return (
    <Dialog title={t('Add people to {name}', { name: state.info.name })} onClose={onClose}>
      <SearchField label={t('Search people')} value={search} onChange={(event) => setSearch(event.target.value)} />
      {people.status === 'failed' ? <Banner tone="danger">{people.failure}</Banner> : null}
      {people.status === 'loading' ? <Skeleton rows={4} /> : null}
      {people.status === 'ready' && shown.length === 0 ? (
        <p className={styles.nobody}>
          {people.value.length === 0
            ? t('Everyone in this space is already here.')
            : t('Nobody by that name is missing here.')}
        </p>
      ) : null}
      <ul className={styles.list}>
        {shown.slice(0, limits.peoplePerPage).map((person) => (
          <Candidate key={person.id} person={person} room={room} />
        ))}
      </ul>
      {looksAfter(space?.role) && space ? (
        <Button onClick={() => dialogs.open({ kind: 'invite', space: space.id })}>
          {t('Invite someone new to the space')}
        </Button>
      ) : null}
    </Dialog>
  );
}

function Candidate({ person, room }: { person: Person; room: RoomId }) {
  const confab = useConfab();
  const toasts = useToasts();
  const [added, setAdded] = useState(false);
  const add = async () => {
    setAdded(true);
    try {
      await confab.rooms.invite(room, person.id);
    } catch (error) {
      setAdded(false);
      toasts.failed(error);
    }
  };
  return (
    <li className={styles.person}>
      <ListedPerson person={person} />
      <Button
        size="small"
        disabled={added}
        icon={added ? <Check size={15} aria-hidden /> : undefined}
        aria-label={added ? t('{name} was added', { name: person.name }) : t('Add {name}', { name: person.name })}
        onClick={add}
      >
        {added ? t('Added') : t('Add')}
      </Button>
    </li>
  );
}

/** People of the space who are not in the room, by name. */
async function outsiders(
  confab: ReturnType<typeof useConfab>,
  space: SpaceId | null | undefined,
  room: RoomId,
): Promise<Person[]> {
  if (!space) return [];
  const [all, inside] = await Promise.all([
    everyone((after) => confab.spaces.members(space, after)),
    everyone((after) => confab.rooms.members(room, after)),
  ]);
  const here = new Set(inside.map(({ id }) => id));
  return all.filter(({ id, disabled }) => !here.has(id) && !disabled).toSorted((a, b) => a.name.localeCompare(b.name));
}
