import { useConfab, useStore } from '@confab/client/react';
import type { Person, UserId } from '@confab/protocol';
import { MessageSquare, NotebookPen, ShieldBan } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { BotMark } from '../accounts/bot-mark.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { ModerateButton } from '../moderation/moderate-button.tsx';
import { PresenceWords } from '../presence/presence-words.tsx';
import { StatusLine } from '../status/status-line.tsx';
import styles from './profile-dialog.module.css';
import { useOpenDirect } from './use-open-direct.ts';

/** Who somebody is, and the ways to them. */
export default function ProfileDialog({ user, onClose }: { user: UserId; onClose: () => void }) {
  const person = useStore(useConfab().people.person(user));
  if (person === undefined) return null;
  return <Profile person={person} onClose={onClose} />;
}

function Profile({ person, onClose }: { person: Person; onClose: () => void }) {
  const confab = useConfab();
  const { me } = useSignedIn();
  const openDirect = useOpenDirect();
  const presence = useStore(confab.people.presence(person.id));
  const blocked = useStore(confab.blocks.users).has(person.id);
  const isMe = person.id === me.id;
  const { run, busy, failure } = useAction(async () => {
    await openDirect([person.id]);
    onClose();
  });
  return (
    <Dialog title={person.name} description={`@${person.handle}`} onClose={onClose}>
      <div className={styles.person}>
        <Avatar
          id={person.id}
          name={person.name}
          picture={person.picture}
          size="large"
          presence={presence?.state ?? 'offline'}
        />
        <div className={styles.about}>
          <p>
            {person.bot ? <BotMark user={person.id} /> : <PresenceWords user={person.id} />}
            {person.disabled ? t('This account is switched off.') : null}
          </p>
          <StatusLine user={person.id} />
          {blocked ? (
            <p className={styles.detail}>
              {t('You blocked them: their messages are folded, and they cannot write to you.')}
            </p>
          ) : null}
        </div>
      </div>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <div className={styles.actions}>
        {person.bot ? null : (
          <Button
            look="primary"
            busy={busy}
            icon={isMe ? <NotebookPen size={16} aria-hidden /> : <MessageSquare size={16} aria-hidden />}
            onClick={() => run()}
          >
            {isMe ? t('Notes to yourself') : t('Message')}
          </Button>
        )}
        {isMe ? null : <ModerateButton user={person.id} />}
        {isMe ? null : <BlockButton person={person} blocked={blocked} />}
      </div>
    </Dialog>
  );
}

function BlockButton({ person, blocked }: { person: Person; blocked: boolean }) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const unblock = useAction(() => confab.blocks.remove(person.id));
  if (blocked) {
    return (
      <Button busy={unblock.busy} onClick={() => unblock.run()}>
        {t('Unblock')}
      </Button>
    );
  }
  return (
    <Button
      icon={<ShieldBan size={16} aria-hidden />}
      onClick={() =>
        dialogs.open({
          kind: 'confirm',
          title: t('Block {name}?', { name: person.name }),
          text: t(
            'They can write you no direct messages, and what they write elsewhere is folded for you. They are not told.',
          ),
          action: t('Block'),
          run: () => confab.blocks.add(person.id),
        })
      }
    >
      {t('Block')}
    </Button>
  );
}
