import { useConfab } from '@confab/client/react';
import type { PeopleGroup, Person, SpaceId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useEffect, useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { PeoplePicker } from '../directs/people-picker.tsx';
import form from '../rooms/room-form.module.css';
import { everyone, everyoneKnown } from '../spaces/everyone.ts';

interface PeopleGroupDialogProps {
  space: SpaceId;
  /** `null`: a new one. */
  group: PeopleGroup | null;
  onClose: () => void;
}

const nobody: ReadonlySet<UserId> = new Set();

/** Makes a group of people, or says anew what it is called and who is in it. */
export default function PeopleGroupDialog({ space, group, onClose }: PeopleGroupDialogProps) {
  const confab = useConfab();
  const [name, setName] = useState(group?.name ?? '');
  const [handle, setHandle] = useState(group?.handle ?? '');
  const [chosen, setChosen] = useState<Person[] | null>(group === null ? [] : null);
  const [outside, setOutside] = useState(nobody);
  useEffect(() => {
    let shown = true;
    const load = async () => {
      const [inside, known] = await Promise.all([
        everyone((after) => confab.spaces.members(space, after)),
        everyoneKnown(confab),
      ]);
      if (!shown) return;
      const members = new Set(inside.map(({ id }) => id));
      setOutside(new Set(known.map(({ id }) => id).filter((id) => !members.has(id))));
      setChosen((last) => last ?? inside.filter(({ id }) => group?.people.includes(id)));
    };
    load().catch(() => undefined);
    return () => {
      shown = false;
    };
  }, [confab, space, group]);
  const { run, busy, failure, code } = useAction(async () => {
    const people = (chosen ?? []).map(({ id }) => id);
    if (group === null) await confab.groups.create(space, { name: name.trim(), handle, people });
    else {
      await confab.groups.rename(group, handle, name.trim());
      await confab.groups.setPeople(group, people);
    }
    onClose();
  });
  const taken = code === 'handle-taken';
  return (
    <Dialog
      title={group === null ? t('New group') : t('Change group')}
      description={t('Everyone in it is mentioned at once, wherever they may read.')}
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
        <TextField
          label={t('Name')}
          autoFocus
          dir="auto"
          required
          maxLength={limits.groupNameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('Handle')}
          hint={t('What one writes after @: small letters, digits, dots and dashes.')}
          required
          minLength={limits.handleChars.min}
          maxLength={limits.handleChars.max}
          pattern="[a-z0-9][a-z0-9._\-]*"
          autoCapitalize="none"
          spellCheck={false}
          error={taken ? failure : null}
          value={handle}
          onChange={(event) => setHandle(event.target.value.toLowerCase())}
        />
        <PeoplePicker
          chosen={chosen ?? []}
          onChange={setChosen}
          without={outside}
          most={limits.peoplePerPeopleGroup}
          first={false}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            busy={busy}
            disabled={chosen === null || name.trim() === '' || handle === ''}
          >
            {group === null ? t('Make group') : t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
