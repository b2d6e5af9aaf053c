import { useConfab } from '@confab/client/react';
import type { Person, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { PeoplePicker } from './people-picker.tsx';
import { useOpenDirect } from './use-open-direct.ts';

const nobody: ReadonlySet<UserId> = new Set();

/** Chooses who a direct or group is with, and goes there. */
export default function NewMessageDialog({ onClose }: { onClose: () => void }) {
  const open = useOpenDirect();
  const { account } = useConfab();
  const [chosen, setChosen] = useState<Person[]>([]);
  const { run, busy, failure } = useAction(async () => {
    await open(chosen.map(({ id }) => id));
    onClose();
  });
  const state = account.state.get();
  const me = state.status === 'signed-in' ? state.me.id : null;
  const others = chosen.filter(({ id }) => id !== me).length;
  const action = others > 1 ? t('Open group') : chosen.length > 0 && others === 0 ? t('Open notes') : t('Open');
  return (
    <Dialog
      title={t('New message')}
      description={t('To one person, to several, or to yourself as notes.')}
      onClose={onClose}
    >
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <PeoplePicker chosen={chosen} onChange={setChosen} without={nobody} most={limits.peoplePerGroup - 1} />
      <DialogActions>
        <Button onClick={onClose}>{t('Cancel')}</Button>
        <Button look="primary" busy={busy} disabled={chosen.length === 0} onClick={() => run()}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
