import { useConfab, useStore } from '@confab/client/react';
import type { PeopleGroup, SpaceId } from '@confab/protocol';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
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
    <PageSection title="Groups">
      {groups.length === 0 ? (
        <p>A group has a name of its own after the @: mention it, and everyone in it is told.</p>
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
            New group
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
          {`@${handle} · ${people.length === 1 ? '1 person' : `${people.length} people`}`}
        </span>
      </span>
      {admin ? (
        <>
          <IconButton
            label={`Change ${name}`}
            icon={<Pencil size={16} />}
            onClick={() => dialogs.open({ kind: 'people-group', space, group })}
          />
          <IconButton
            label={`End ${name}`}
            icon={<Trash2 size={16} />}
            onClick={() =>
              dialogs.open({
                kind: 'confirm',
                title: `End ${name}?`,
                text: `@${handle} mentions nobody from then on. Messages that mentioned it stay as they are.`,
                action: 'End group',
                run: () => confab.groups.remove(group),
              })
            }
          />
        </>
      ) : null}
    </li>
  );
}
