import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
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
        legend={t('Read receipts in this room')}
        value={receipts ?? 'on'}
        options={[
          { value: 'on', label: t('On'), hint: t('Members see who has read what') },
          { value: 'off', label: t('Off'), hint: t('Nobody sees it') },
        ]}
        onChange={(next) => (next === (receipts ?? 'on') ? undefined : void run())}
      />
    </>
  );
}
