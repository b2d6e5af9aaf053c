import { useConfab } from '@confab/client/react';
import type { SpaceView } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { TextField } from '../../ui/text-field.tsx';
import settings from '../accounts/settings-page.module.css';
import { SpaceEmoji } from '../emoji/space-emoji.tsx';
import { PeopleGroups } from '../people-groups/people-groups.tsx';
import { PictureField } from '../pictures/picture-field.tsx';
import { WelcomeSection } from '../welcome/welcome-section.tsx';
import { looksAfter, useCurrentSpace } from './current-space.tsx';
import { SpaceMembers } from './space-members.tsx';

/** Who is in a space and, for those who look after it, what can be changed. */
export default function SpacePage() {
  const { space } = useCurrentSpace();
  const dialogs = useDialogs();
  if (space === null) return null;
  const admin = looksAfter(space.role);
  return (
    <Page
      title={space.name}
      before={<BackButton />}
      actions={
        admin ? (
          <Button
            icon={<UserPlus size={16} aria-hidden />}
            onClick={() => dialogs.open({ kind: 'invite', space: space.id })}
          >
            {t('Invite people')}
          </Button>
        ) : null
      }
    >
      {admin ? <Rename space={space} key={space.id} /> : null}
      {admin ? <WelcomeSection space={space} key={`welcome-${space.id}`} /> : null}
      {space.role === 'guest' ? null : <PeopleGroups space={space.id} admin={admin} key={`groups-${space.id}`} />}
      <SpaceEmoji space={space.id} admin={admin} key={`emoji-${space.id}`} />
      <PageSection title={t('{count, plural, one {# member} other {# members}}', { count: space.memberCount })}>
        <SpaceMembers space={space} key={space.id} />
      </PageSection>
    </Page>
  );
}

function Rename({ space }: { space: SpaceView }) {
  const confab = useConfab();
  const toasts = useToasts();
  const [name, setName] = useState(space.name);
  const { run, busy, failure } = useAction(async () => {
    await confab.spaces.rename(space.id, name.trim());
    toasts.done(t('The space was renamed.'));
  });
  return (
    <PageSection title={t('Space')}>
      <PictureField
        pictured={space.picture !== undefined}
        onSet={(picture) => confab.spaces.setPicture(space.id, picture)}
      >
        <Avatar id={space.id} name={space.name} picture={space.picture} size="large" />
      </PictureField>
      <form
        className={settings.line}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <TextField
          className={settings.grow}
          label={t('Name')}
          error={failure}
          dir="auto"
          required
          maxLength={limits.spaceNameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" busy={busy} disabled={name.trim() === '' || name.trim() === space.name}>
          {t('Save')}
        </Button>
      </form>
    </PageSection>
  );
}
