import { useConfab, useStore } from '@confab/client/react';
import type { CustomEmoji, SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import settings from '../accounts/settings-page.module.css';
import { EmojiPicture } from './custom-emoji.tsx';
import { EmojiDialog } from './emoji-dialog.tsx';
import styles from './space-emoji.module.css';

/** The emoji that a space has of its own. Those who look after it add, rename and remove them here. */
export function SpaceEmoji({ space, admin }: { space: SpaceId; admin: boolean }) {
  const all = useStore(useConfab().emoji.of(space));
  const [open, setOpen] = useState<CustomEmoji | 'new' | null>(null);
  if (all.length === 0 && !admin) return null;
  return (
    <PageSection title={t('Emoji')}>
      {all.length === 0 ? (
        <p>{t('Add pictures of your own: everyone in the space writes them as :name:, and reacts with them.')}</p>
      ) : (
        <ul className={settings.list}>
          {all.map((emoji) => (
            <Entry key={emoji.id} emoji={emoji} admin={admin} onChange={() => setOpen(emoji)} />
          ))}
        </ul>
      )}
      {admin && all.length < limits.customEmojiPerSpace ? (
        <div>
          <Button icon={<Plus size={16} aria-hidden />} onClick={() => setOpen('new')}>
            {t('Add an emoji')}
          </Button>
        </div>
      ) : null}
      {open === null ? null : (
        <EmojiDialog space={space} emoji={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </PageSection>
  );
}

function Entry({ emoji, admin, onChange }: { emoji: CustomEmoji; admin: boolean; onChange: () => void }) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const names = [emoji.name, ...emoji.aliases].map((name) => `:${name}:`).join(' ');
  return (
    <li className={settings.entry}>
      <span className={styles.picture}>
        <EmojiPicture emoji={emoji} />
      </span>
      <span className={settings.about}>
        <span>{names}</span>
        <span className={settings.detail}>
          <PersonName user={emoji.by} />
        </span>
      </span>
      {admin ? (
        <>
          <IconButton
            label={t('Rename :{name}:', { name: emoji.name })}
            icon={<Pencil size={16} />}
            onClick={onChange}
          />
          <IconButton
            label={t('Remove :{name}:', { name: emoji.name })}
            icon={<Trash2 size={16} />}
            onClick={() =>
              dialogs.open({
                kind: 'confirm',
                title: t('Remove :{name}:?', { name: emoji.name }),
                text: t('Where it was written its name stays as text.'),
                action: t('Remove'),
                run: () => confab.emoji.remove(emoji),
              })
            }
          />
        </>
      ) : null}
    </li>
  );
}
