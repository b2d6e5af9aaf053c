import { useConfab } from '@confab/client/react';
import type { CustomEmoji, SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import form from '../rooms/room-form.module.css';
import { type ChosenPicture, PictureField } from './picture-field.tsx';

interface EmojiDialogProps {
  space: SpaceId;
  /** `null`: a new one. */
  emoji: CustomEmoji | null;
  onClose: () => void;
}

const namesIn = (typed: string): string[] =>
  typed
    .toLowerCase()
    .split(/[\s,:]+/)
    .filter((name) => name !== '');

/** Adds an emoji to a space, or gives one other names. */
export function EmojiDialog({ space, emoji, onClose }: EmojiDialogProps) {
  const confab = useConfab();
  const [name, setName] = useState(emoji?.name ?? '');
  const [aliases, setAliases] = useState(emoji?.aliases.join(' ') ?? '');
  const [picture, setPicture] = useState<ChosenPicture | null>(null);
  const { run, busy, failure } = useAction(async () => {
    if (emoji !== null) await confab.emoji.rename(emoji, name, namesIn(aliases));
    else if (picture !== null) await confab.emoji.add(space, name, picture.file);
    onClose();
  });
  return (
    <Dialog
      title={emoji === null ? t('Add an emoji') : t('Rename the emoji')}
      description={t('Everyone in the space writes it as :name:, and reacts with it.')}
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
        {emoji === null ? (
          <PictureField chosen={picture} onChoose={setPicture} onName={(found) => setName((last) => last || found)} />
        ) : null}
        <TextField
          label={t('Name')}
          hint={t('Small letters, digits and any of _ + -.')}
          required
          minLength={2}
          maxLength={limits.customEmojiNameChars}
          pattern="[a-z0-9][a-z0-9_+\-]*"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value.toLowerCase())}
        />
        {emoji === null ? null : (
          <TextField
            label={t('Further names')}
            hint={t('At most {count}, with a space between.', { count: limits.customEmojiAliases })}
            autoCapitalize="none"
            spellCheck={false}
            value={aliases}
            onChange={(event) => setAliases(event.target.value)}
          />
        )}
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            busy={busy}
            disabled={name === '' || (emoji === null && picture === null)}
          >
            {emoji === null ? t('Add') : t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
