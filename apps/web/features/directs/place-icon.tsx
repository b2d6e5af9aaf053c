import { othersIn } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { RoomInfo, UserId } from '@confab/protocol';
import { NotebookPen } from 'lucide-react';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
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
  if (info.picture) return <Avatar id={info.id} name={info.name} picture={info.picture} size="tiny" />;
  if (info.kind === 'direct') return <PresentFace user={first} />;
  return (
    <span className={styles.faces}>
      {others.slice(0, shownFaces).map((user) => (
        <PersonAvatar key={user} user={user} size="tiny" />
      ))}
    </span>
  );
}

function PresentFace({ user }: { user: UserId }) {
  const { people } = useConfab();
  const person = useStore(people.person(user));
  const presence = useStore(people.presence(user));
  const state = presence?.state ?? 'offline';
  return <Avatar id={user} name={person?.name ?? ''} picture={person?.picture} size="tiny" presence={state} />;
}
