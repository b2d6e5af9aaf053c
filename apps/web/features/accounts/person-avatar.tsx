import { useConfab, useStore } from '@confab/client/react';
import type { UserId } from '@confab/protocol';
import { Avatar } from '../../ui/avatar.tsx';

export function PersonAvatar({ user }: { user: UserId }) {
  const person = useStore(useConfab().people.person(user));
  return <Avatar id={user} name={person?.name ?? ''} />;
}
