import { othersIn } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { RoomInfo, UserId } from '@confab/protocol';
import { NotebookPen } from 'lucide-react';
import { Avatar } from '../../ui/avatar.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import styles from './place-icon.module.css';

/** Faces of a group that are shown; the title names all of them. */
const shownFaces = 2;

/** Who a direct or group is with, at a glance: a face with its presence, two faces, or a notebook. */
export function PlaceIcon({ info }: { info: RoomInfo }) {
  const { me } = useSignedIn();
  const others = othersIn(info, me.id);
  const [first] = others;
  if (first === undefined) {
    return (
      <span className={styles.notes} aria-hidden>
        <NotebookPen size={14} />
      </span>
    );
  }
  if (info.kind === 'direct') return <PresentFace user={first} />;
  return (
    <span className={styles.faces}>
      {others.slice(0, shownFaces).map((user) => (
        <Face key={user} user={user} />
      ))}
    </span>
  );
}

function Face({ user }: { user: UserId }) {
  const person = useStore(useConfab().people.person(user));
  return <Avatar id={user} name={person?.name ?? ''} size="tiny" />;
}

function PresentFace({ user }: { user: UserId }) {
  const { people } = useConfab();
  const person = useStore(people.person(user));
  const presence = useStore(people.presence(user));
  return <Avatar id={user} name={person?.name ?? ''} size="tiny" presence={presence?.state ?? 'offline'} />;
}
