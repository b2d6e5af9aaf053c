import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { useAction } from '../../app/use-action.ts';
import { Banner } from '../../ui/banner.tsx';
import { Choice } from '../../ui/choice.tsx';

/** Whether a room tells who has read what. */
export function RoomReceipts({ room }: { room: RoomState }) {
  const confab = useConfab();
  const { id, receipts } = room.info;
  const { run, failure } = useAction(() => confab.receipts.setRoom(id, receipts === 'off' ? 'on' : 'off'));
  if (room.memberCount > limits.receiptMembers) return null;
  return (
    <>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <Choice<'on' | 'off'>
        legend="Read receipts in this room"
        value={receipts ?? 'on'}
        options={[
          { value: 'on', label: 'On', hint: 'Members see who has read what' },
          { value: 'off', label: 'Off', hint: 'Nobody sees it' },
        ]}
        onChange={(next) => (next === (receipts ?? 'on') ? undefined : void run())}
      />
    </>
  );
}
