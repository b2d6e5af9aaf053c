import { useConfab, useStore } from '@confab/client/react';
import type { RoomId, Section, SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './section-dialog.module.css';

/** A section that is there, or where a new one is to be made; `room`: what is put into it at once. */
export type SectionRequest = { section: Section } | { space: SpaceId; room?: RoomId };

export default function SectionDialog({ onClose, ...request }: SectionRequest & { onClose: () => void }) {
  const confab = useConfab();
  const before = 'section' in request ? request.section : null;
  const [name, setName] = useState(before?.name ?? '');
  const { run, busy, failure } = useAction(async () => {
    if ('section' in request) await confab.sections.rename(request.section.id, name);
    else {
      const { id } = await confab.sections.create(request.space, name);
      if (request.room !== undefined) await confab.sections.place(request.room, { section: id, favourite: false });
    }
    onClose();
  });
  return (
    <Dialog
      title={before === null ? t('New section') : t('Section')}
      description={t('A part of your own room list. Nobody else sees it.')}
      onClose={onClose}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {failure ? <Banner tone="danger">{failure}</Banner> : null}
        <TextField
          label={t('Name')}
          autoFocus
          dir="auto"
          maxLength={limits.sectionNameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {before === null ? null : <SectionActions section={before} onClose={onClose} />}
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} disabled={name.trim() === ''}>
            {before === null ? t('Create section') : t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function SectionActions({ section, onClose }: { section: Section; onClose: () => void }) {
  const { sections } = useConfab();
  const { sections: all } = useStore(sections.state);
  const beside = all.filter(({ space }) => space === section.space);
  const at = beside.findIndex(({ id }) => id === section.id);
  const move = useAction((before: Section | undefined) => sections.move(section.id, before?.id ?? null));
  const remove = useAction(async () => {
    await sections.remove(section.id);
    onClose();
  });
  const failure = move.failure ?? remove.failure;
  return (
    <>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <div className={styles.actions}>
        <Button icon={<ArrowUp size={16} aria-hidden />} disabled={at <= 0} onClick={() => move.run(beside[at - 1])}>
          {t('Move up')}
        </Button>
        <Button
          icon={<ArrowDown size={16} aria-hidden />}
          disabled={at === beside.length - 1}
          onClick={() => move.run(beside[at + 2])}
        >
          {t('Move down')}
        </Button>
        <Button icon={<Trash2 size={16} aria-hidden />} busy={remove.busy} onClick={() => remove.run()}>
          {t('Delete section')}
        </Button>
      </div>
      <p className={styles.note}>{t('Deleting it leaves its rooms in your list.')}</p>
    </>
  );
}
