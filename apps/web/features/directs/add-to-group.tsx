import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import type { Person } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useMemo, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { PeoplePicker } from './people-picker.tsx';

type History = 'visible' | 'new';

const histories = () =>
  [
    { value: 'visible', label: t('All of it'), hint: t('They join this group') },
    { value: 'new', label: t('Nothing'), hint: t('A new group begins') },
  ] as const;

/** Brings people into a group. Of a direct there comes a new group, as what two people wrote stays theirs. */
export function AddToGroup({ room, onClose }: { room: RoomState; onClose: () => void }) {
  const confab = useConfab();
  const { go } = useNavigation();
  const { id, kind, people } = room.info;
  const inside = useMemo(() => new Set(people), [people]);
  const [chosen, setChosen] = useState<Person[]>([]);
  const [history, setHistory] = useState<History>(kind === 'group' ? 'visible' : 'new');
  const { run, busy, failure } = useAction(async () => {
    const users = chosen.map((person) => person.id);
    const { info } = await confab.directs.add(id, users, history);
    onClose();
    if (info.id !== id) go(roomRoute(info.id));
  });
  return (
    <Dialog
      title={t('Add people')}
      description={
        kind === 'group'
          ? undefined
          : t('A new group begins with them. What was written here stays between the two of you.')
      }
      onClose={onClose}
    >
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <PeoplePicker chosen={chosen} onChange={setChosen} without={inside} most={limits.peoplePerGroup - inside.size} />
      {kind === 'group' ? (
        <Choice
          legend={t('What they can read of what was written')}
          value={history}
          options={histories()}
          onChange={setHistory}
        />
      ) : null}
      <DialogActions>
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button look="primary" busy={busy} disabled={chosen.length === 0} onClick={() => run()}>
          {history === 'new' ? t('Begin group') : t('Add')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
