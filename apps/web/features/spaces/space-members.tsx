import { useConfab } from '@confab/client/react';
import type { Role, SpaceMember, SpaceView } from '@confab/protocol';
import { UserMinus } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { usePages } from '../../app/use-pages.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import settings from '../accounts/settings-page.module.css';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { PresentAvatar } from '../presence/present-avatar.tsx';
import { looksAfter } from './current-space.tsx';
import { roleName, roleNames } from './role-names.ts';
import styles from './space-members.module.css';

/** Everyone in a space. Those who look after it change roles and remove people here. */
export function SpaceMembers({ space }: { space: SpaceView }) {
  const confab = useConfab();
  const pages = usePages<SpaceMember>(async (last) => {
    const { members, more } = await confab.spaces.members(space.id, last?.person.id);
    return { entries: members, more };
  }, `${space.id} ${space.memberCount}`);
  if (pages.failure) return <Banner tone="danger">{pages.failure}</Banner>;
  if (pages.entries === null) return <Skeleton rows={4} />;
  return (
    <>
      <ul className={settings.list}>
        {pages.entries.map((member) => (
          <Member
            key={member.person.id}
            space={space}
            member={member}
            onChange={(role) =>
              pages.change((list) =>
                role === null
                  ? list.filter((other) => other !== member)
                  : list.map((other) => (other === member ? { ...member, role } : other)),
              )
            }
          />
        ))}
      </ul>
      {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
    </>
  );
}

interface MemberProps {
  space: SpaceView;
  member: SpaceMember;
  /** `null`: removed. */
  onChange: (role: Role | null) => void;
}

function Member({ space, member, onChange }: MemberProps) {
  const confab = useConfab();
  const { me } = useSignedIn();
  const toasts = useToasts();
  const dialogs = useDialogs();
  const { person, role } = member;
  const isMe = person.id === me.id;
  // Only owners make or unmake owners; nobody changes themselves.
  const changeable = looksAfter(space.role) && !isMe && (space.role === 'owner' || role !== 'owner');
  const setRole = async (next: Role) => {
    await confab.spaces.setRole(space.id, person.id, next);
    onChange(next);
  };
  return (
    <li className={settings.entry}>
      <PresentAvatar person={person} />
      <span className={settings.about}>
        <span>
          <bdi>{isMe ? t('{name} (you)', { name: person.name }) : person.name}</bdi>
        </span>
        <span className={settings.detail}>@{person.handle}</span>
      </span>
      {changeable ? (
        <>
          <SelectField<Role>
            label={t('Role of {name}', { name: person.name })}
            labelHidden
            className={styles.role}
            value={role}
            options={roleNames().filter(({ value }) => value !== 'owner' || space.role === 'owner')}
            onChange={(next) => toasts.attempt(setRole(next), roleSet(person.name, next))}
          />
          <IconButton
            label={t('Remove {name}', { name: person.name })}
            icon={<UserMinus size={17} />}
            onClick={() =>
              dialogs.open({
                kind: 'confirm',
                title: t('Remove {name}?', { name: person.name }),
                text: t('They leave this space and all of its rooms at once. What they wrote stays.'),
                action: t('Remove'),
                run: async () => {
                  await confab.spaces.removeMember(space.id, person.id);
                  onChange(null);
                },
              })
            }
          />
        </>
      ) : (
        <span className={settings.detail}>{roleName(role)}</span>
      )}
    </li>
  );
}

function roleSet(name: string, role: Role): string {
  return t(
    '{name} is now {role, select, owner {owner} admin {admin} moderator {moderator} guest {guest} other {member}}.',
    { name, role },
  );
}
