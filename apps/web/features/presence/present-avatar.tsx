import { useConfab, useStore } from '@confab/client/react';
import type { Person } from '@confab/protocol';
import { Avatar } from '../../ui/avatar.tsx';

/** An avatar with its person's presence, which is watched while this shows. */
export function PresentAvatar({ person }: { person: Person }) {
  const presence = useStore(useConfab().people.presence(person.id));
  const { id, name, picture } = person;
  return <Avatar id={id} name={name} picture={picture} size="small" presence={presence?.state ?? 'offline'} />;
}
