import { useConfab } from '@confab/client/react';
import type { Bookmark } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import form from '../rooms/room-form.module.css';

/** What one notes at a saved message. */
export function NoteDialog({ bookmark, onClose }: { bookmark: Bookmark; onClose: () => void }) {
  const confab = useConfab();
  const [note, setNote] = useState(bookmark.note);
  const { run, busy, failure } = useAction(async () => {
    await confab.bookmarks.add(bookmark.message, note);
    onClose();
  });
  return (
    <Dialog
      title={bookmark.note === '' ? t('Add a note') : t('Change the note')}
      description={t('It stands at the saved message, for you alone.')}
      onClose={onClose}
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {failure ? <Banner tone="danger">{failure}</Banner> : null}
        <TextField
          label={t('Note')}
          autoFocus
          dir="auto"
          maxLength={limits.bookmarkNoteChars}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
