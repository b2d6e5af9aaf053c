import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import type { RoomMember } from '@confab/protocol';
import { UserMinus, UserPlus } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useNavigation } from '../../app/navigation.tsx';
import { Panel, PanelBody } from '../../app/shell/panel.tsx';
import { usePages } from '../../app/use-pages.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { PersonButton } from '../directs/person-button.tsx';
import { PresenceWords } from '../presence/presence-words.tsx';
import { PresentAvatar } from '../presence/present-avatar.tsx';
import { roleName } from '../spaces/role-names.ts';
import { StatusMark } from '../status/status-mark.tsx';
import styles from './members-panel.module.css';
import type { RoomPanelProps } from './room-panel.tsx';

/** Who is in a room, and who of them is here now. */
export default function MembersPanel({ room, route, moderates }: RoomPanelProps) {
  const confab = useConfab();
  const { go } = useNavigation();
  const dialogs = useDialogs();
  const { id, archivedAt } = room.info;
  const pages = usePages<RoomMember>(async (last) => {
    const { members, more } = await confab.rooms.members(id, last?.person.id);
    return { entries: members, more };
  }, `${id} ${room.memberCount}`);
  return (
    <Panel title={t('Members')} onClose={() => go({ ...route, panel: null })}>
      <PanelBody>
        {archivedAt === null ? (
          <Button
            className={styles.add}
            icon={<UserPlus size={16} aria-hidden />}
            onClick={() => dialogs.open({ kind: 'add-people', room: id })}
          >
            {t('Add people')}
          </Button>
        ) : null}
        {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
        {pages.entries === null && !pages.failure ? <Skeleton rows={5} /> : null}
        <ul>
          {pages.entries?.map((member) => (
            <Member key={member.person.id} member={member} room={room} removable={moderates && archivedAt === null} />
          ))}
        </ul>
        {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
      </PanelBody>
    </Panel>
  );
}

function Member({ member, room, removable }: { member: RoomMember; room: RoomState; removable: boolean }) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const { me } = useSignedIn();
  const { person, role } = member;
  const isMe = person.id === me.id;
  return (
    <li className={styles.member}>
      <PresentAvatar person={person} />
      <span className={styles.about}>
        <span className={styles.name} title={person.name}>
          <PersonButton user={person.id}>
            <bdi>{isMe ? t('{name} (you)', { name: person.name }) : person.name}</bdi>
          </PersonButton>{' '}
          <StatusMark user={person.id} />
        </span>
        <span className={styles.detail}>
          {person.bot ? (
            t('Bot')
          ) : (
            <>
              {role === 'member' ? null : roleName(role)}
              <PresenceWords user={person.id} after={role === 'member' ? '' : ' · '} />
            </>
          )}
        </span>
      </span>
      {removable && !isMe ? (
        <IconButton
          className={styles.remove}
          size="small"
          label={t('Remove {name} from the room', { name: person.name })}
          icon={<UserMinus size={16} />}
          onClick={() =>
            dialogs.open({
              kind: 'confirm',
              title: t('Remove {name}?', { name: person.name }),
              text: t('They can no longer read or write in {room}. What they wrote stays.', { room: room.info.name }),
              action: t('Remove'),
              run: () => confab.rooms.removeMember(room.info.id, person.id),
            })
          }
        />
      ) : null}
    </li>
  );
}
