import { useConfab, useStore } from '@confab/client/react';
import type { UserId } from '@confab/protocol';
import type { ComponentProps } from 'react';
import { Avatar } from '../../ui/avatar.tsx';

interface PersonAvatarProps {
  user: UserId;
  size?: ComponentProps<typeof Avatar>['size'];
}

export function PersonAvatar({ user, size = 'normal' }: PersonAvatarProps) {
  const person = useStore(useConfab().people.person(user));
  return <Avatar size={size} id={user} name={person?.name ?? ''} picture={person?.picture} />;
}
