import { useConfab } from '@confab/client/react';
import type { SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { Hash, Lock } from 'lucide-react';
import { useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import form from './room-form.module.css';
import { RoomNameField } from './room-name-field.tsx';

const visibilities = () =>
  [
    {
      value: 'public',
      label: t('Public'),
      hint: t('Anyone in the space can join'),
      icon: <Hash size={18} aria-hidden />,
    },
    {
      value: 'private',
      label: t('Private'),
      hint: t('Only people who are added'),
      icon: <Lock size={18} aria-hidden />,
    },
  ] as const;

export default function CreateRoomDialog({ space, onClose }: { space: SpaceId; onClose: () => void }) {
  const confab = useConfab();
  const { go } = useNavigation();
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [visibility, setVisibility] = useState<'public' | 'private'>('public');
  const { run, busy, failure, code } = useAction(async () => {
    const room = await confab.rooms.create(space, { name, visibility, topic: topic.trim() });
    onClose();
    go(roomRoute(room.info.id));
  });
  const taken = code === 'room-name-taken';
  return (
    <Dialog
      title={t('Create a room')}
      description={t('A room is for one subject: a project, a team, a joke.')}
      onClose={onClose}
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {failure && !taken ? <Banner tone="danger">{failure}</Banner> : null}
        <RoomNameField value={name} onChange={setName} error={taken ? failure : null} />
        <TextField
          label={t('Topic (optional)')}
          hint={t('What belongs here, in a sentence.')}
          dir="auto"
          maxLength={limits.topicChars}
          value={topic}
          onChange={(event) => setTopic(event.target.value)}
        />
        <Choice legend={t('Who can see it')} value={visibility} options={visibilities()} onChange={setVisibility} />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} disabled={name === ''}>
            {t('Create room')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
