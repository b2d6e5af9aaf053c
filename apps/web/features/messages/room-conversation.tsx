import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { type ReactNode, useCallback, useMemo } from 'react';
import { Conversation } from './conversation.tsx';
import { Welcome } from './welcome.tsx';

interface RoomConversationProps {
  room: RoomState;
  /** What the composer is for. */
  label: string;
  /** The message that the address names. */
  seq: number | null;
  moderates: boolean;
  /** Stands where the composer is when nothing can be written; `null` when it can. */
  closed: ReactNode;
}

/** A room's own timeline. */
export function RoomConversation({ room, label, seq, moderates, closed }: RoomConversationProps) {
  const confab = useConfab();
  const { id } = room.info;
  const markRead = useCallback(() => confab.rooms.markRead(id), [confab, id]);
  // The topic stands in the welcome, so only its words make it a new one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const welcome = useMemo(() => <Welcome room={room} />, [room.info]);
  return (
    <Conversation
      room={room}
      thread={null}
      unread={room.unread}
      markRead={markRead}
      seq={seq}
      moderates={moderates}
      welcome={welcome}
      label={label}
      closed={closed}
    />
  );
}
