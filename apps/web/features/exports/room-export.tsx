import { useConfab } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import form from '../rooms/room-form.module.css';
import { ExportList } from './export-list.tsx';

/** A room with everything that was said in it, to take along. */
export function RoomExport({ room }: { room: RoomId }) {
  const confab = useConfab();
  const { run, busy, failure } = useAction(() => confab.exports.room(room));
  return (
    <>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <div className={form.end}>
        <p className={form.words}>
          {t(
            'Export this room: a zip with everything that was said in it, as pages to read and as data. It is there for a day, here and in your settings.',
          )}
        </p>
        <Button busy={busy} onClick={() => run()}>
          {t('Export room')}
        </Button>
      </div>
      <ExportList shows={(each) => each.room === room} />
    </>
  );
}
