import type { RoomState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { RoomId, RoomInfo } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { RoomExport } from '../exports/room-export.tsx';
import { RoomRules } from '../moderation/room-rules.tsx';
import { PictureField } from '../pictures/picture-field.tsx';
import { RoomReceipts } from '../receipts/room-receipts.tsx';
import { looksAfter, moderates, useCurrentSpace } from '../spaces/current-space.tsx';
import form from './room-form.module.css';
import { GroupNameField, RoomNameField } from './room-name-field.tsx';
import { RoomWebhooks } from './room-webhooks.tsx';

interface RoomSettingsDialogProps {
  room: RoomId;
  onClose: () => void;
}

export default function RoomSettingsDialog({ room, onClose }: RoomSettingsDialogProps) {
  const found = useStore(useConfab().rooms.room(room));
  if (found === undefined) return null;
  return <RoomSettings room={found} onClose={onClose} />;
}

function RoomSettings({ room, onClose }: { room: RoomState; onClose: () => void }) {
  const confab = useConfab();
  const { me } = useSignedIn();
  const { space } = useCurrentSpace();
  const { id, archivedAt, createdBy } = room.info;
  const [name, setName] = useState(room.info.name);
  const [topic, setTopic] = useState(room.info.topic);
  const [description, setDescription] = useState(room.info.description ?? '');
  const archived = archivedAt !== null;
  const group = room.info.space === null;
  const mayManage = group || looksAfter(space?.role) || createdBy === me.id;
  const mayDescribe = mayManage || moderates(space?.role);
  const described = description.trim() !== (room.info.description ?? '');
  const { run, busy, failure, code } = useAction(async () => {
    if (name !== room.info.name) await confab.rooms.rename(id, name);
    if (topic.trim() !== room.info.topic) await confab.rooms.setTopic(id, topic.trim());
    if (described) await confab.rooms.setDescription(id, description.trim());
    onClose();
  });
  const taken = code === 'room-name-taken';
  const changed = name !== room.info.name || topic.trim() !== room.info.topic || described;
  return (
    <Dialog title={group ? t('Group settings') : t('Room settings')} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {failure && !taken ? <Banner tone="danger">{failure}</Banner> : null}
        {group ? (
          <GroupNameField value={name} onChange={setName} />
        ) : (
          <RoomNameField
            value={name}
            onChange={setName}
            error={taken ? failure : null}
            disabled={archived || !mayManage}
          />
        )}
        <TextArea
          label={t('Topic')}
          hint={t('What belongs here, in a sentence. Everyone in the room sees it at the top.')}
          dir="auto"
          disabled={archived}
          maxLength={limits.topicChars}
          value={topic}
          onChange={(event) => setTopic(event.target.value.replace(/\n/g, ' '))}
        />
        <TextArea
          label={t('Description')}
          hint={t(
            'What this room is for, at length. It shows in its details and at its beginning. You can use Markdown.',
          )}
          dir="auto"
          disabled={archived || !mayDescribe}
          maxLength={limits.roomDescriptionChars}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} disabled={!changed || (name === '' && !group) || archived}>
            {t('Save')}
          </Button>
        </DialogActions>
      </form>
      {archived || (space?.role === 'guest' && !group) ? null : <RoomPicture info={room.info} />}
      {mayDescribe && !archived && !group ? <RoomRules room={room} /> : null}
      {mayManage && !archived ? <RoomReceipts room={room} /> : null}
      {looksAfter(space?.role) && !archived && !group ? <RoomWebhooks room={id} /> : null}
      {looksAfter(space?.role) && !group && room.membership ? <RoomExport room={id} /> : null}
      {mayManage && !group ? <Archiving room={room} onClose={onClose} /> : null}
    </Dialog>
  );
}

function RoomPicture({ info: { id, name, picture } }: { info: RoomInfo }) {
  const { rooms } = useConfab();
  return (
    <PictureField pictured={picture !== undefined} onSet={(next) => rooms.setPicture(id, next)}>
      <Avatar id={id} name={name || rooms.titleOf(id)} picture={picture} size="large" />
    </PictureField>
  );
}

function Archiving({ room, onClose }: { room: RoomState; onClose: () => void }) {
  const confab = useConfab();
  const toasts = useToasts();
  const { id, archivedAt } = room.info;
  const archived = archivedAt !== null;
  const { run, busy, failure } = useAction(async () => {
    await (archived ? confab.rooms.unarchive(id) : confab.rooms.archive(id));
    toasts.done(archived ? t('The room is open again.') : t('The room was archived.'));
    onClose();
  });
  return (
    <>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <div className={form.end}>
        <p className={form.words}>
          {archived
            ? t('This room is archived: it can be read, not written.')
            : t(
                'An archived room can be read, not written, and leaves the list of active rooms. You can open it again.',
              )}
        </p>
        <Button busy={busy} onClick={() => run()}>
          {archived ? t('Open again') : t('Archive room')}
        </Button>
      </div>
    </>
  );
}
