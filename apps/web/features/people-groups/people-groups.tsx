import { useConfab, useStore } from '@confab/client/react';
import type { PeopleGroup, SpaceId } from '@confab/protocol';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageSection } from '../../ui/page.tsx';
import settings from '../accounts/settings-page.module.css';

/** The groups of people of a space. Those who look after it make, change and end them here. */
export function PeopleGroups({ space, admin }: { space: SpaceId; admin: boolean }) {
  const groups = useStore(useConfab().groups.of(space));
  const dialogs = useDialogs();
  if (groups.length === 0 && !admin) return null;
  return (
    <PageSection title={t('Groups')}>
      {groups.length === 0 ? (
        <p>{t('A group has a name of its own after the @: mention it, and everyone in it is told.')}</p>
      ) : (
        <ul className={settings.list}>
          {groups.map((group) => (
            <Group key={group.id} group={group} admin={admin} />
          ))}
        </ul>
      )}
      {admin ? (
        <div>
          <Button
            icon={<Plus size={16} aria-hidden />}
            onClick={() => dialogs.open({ kind: 'people-group', space, group: null })}
          >
            {t('New group')}
          </Button>
        </div>
      ) : null}
    </PageSection>
  );
}

function Group({ group, admin }: { group: PeopleGroup; admin: boolean }) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const { space, handle, name, people } = group;
  return (
    <li className={settings.entry}>
      <span className={settings.about}>
        <bdi>{name}</bdi>
        <span className={settings.detail}>
          {`@${handle} · ${t('{count, plural, one {# person} other {# people}}', { count: people.length })}`}
        </span>
      </span>
      {admin ? (
        <>
          <IconButton
            label={t('Change {name}', { name })}
            icon={<Pencil size={16} />}
            onClick={() => dialogs.open({ kind: 'people-group', space, group })}
          />
          <IconButton
            label={t('End {name}', { name })}
            icon={<Trash2 size={16} />}
            onClick={() =>
              dialogs.open({
                kind: 'confirm',
                title: t('End {name}?', { name }),
                text: t('@{handle} mentions nobody from then on. Messages that mentioned it stay as they are.', {
                  handle,
                }),
                action: t('End group'),
                run: () => confab.groups.remove(group),
              })
            }
          />
        </>
      ) : null}
    </li>
  );
}
