import { useConfab } from '@confab/client/react';
import type { Person, RoomId, UserId } from '@confab/protocol';
import { useLoaded } from '../../app/use-loaded.ts';
import { perLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';

const byName = perLanguage((locale) => new Intl.Collator(locale));

interface PersonChoiceProps {
  room: RoomId;
  /** Who sent files that are known of. */
  senders: Iterable<Person>;
  chosen: UserId | undefined;
  onChoose: (user: UserId | undefined) => void;
}

/** Whose files are shown: oneself first, then those who sent some and those who are in the room. */
export function PersonChoice({ room, senders, chosen, onChoose }: PersonChoiceProps) {
  const confab = useConfab();
  const { me } = useSignedIn();
  const members = useLoaded(() => confab.rooms.members(room), room);
  const inRoom = members.status === 'ready' ? members.value.members.map(({ person }) => person) : [];
  const others = new Map([...inRoom, ...senders].map((person) => [person.id, person.name]));
  others.delete(me.id);
  const options = [...others]
    .map(([value, label]) => ({ value, label }))
    .sort((left, right) => byName().compare(left.label, right.label));
  return (
    <SelectField
      label={t('Sent by')}
      labelHidden
      value={chosen ?? ''}
      options={[
        { value: '', label: t('Sent by anyone') },
        { value: me.id, label: t('{name} (you)', { name: me.name }) },
        ...options,
      ]}
      onChange={(value) => onChoose(value === '' ? undefined : (value as UserId))}
    />
  );
}
