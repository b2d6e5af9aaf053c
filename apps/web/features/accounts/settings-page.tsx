import { useConfab } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { type Preferences, usePreferences } from '../../app/preferences.tsx';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { BlockedPeople } from '../blocks/blocked-people.tsx';
import { themes } from './account-menu.tsx';
import { SessionList } from './session-list.tsx';
import styles from './settings-page.module.css';
import { useSignedIn } from './signed-in.tsx';

export default function SettingsPage() {
  return (
    <Page title="Settings" before={<BackButton />}>
      <Profile />
      <Appearance />
      <Password />
      <PageSection title="Blocked people" hint="They cannot write to you, and what they write elsewhere is folded.">
        <BlockedPeople />
      </PageSection>
      <PageSection title="Sessions" hint="Where you are signed in. End any that you do not know.">
        <SessionList />
      </PageSection>
    </Page>
  );
}

function Profile() {
  const confab = useConfab();
  const { me } = useSignedIn();
  const toasts = useToasts();
  const [name, setName] = useState(me.name);
  const { run, busy, failure } = useAction(async () => {
    await confab.account.rename(name.trim());
    toasts.done('Your name was changed.');
  });
  return (
    <PageSection title="Profile">
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <TextField
          className={styles.grow}
          label="Your name"
          hint={`You sign in as @${me.handle}.`}
          error={failure}
          dir="auto"
          required
          maxLength={limits.personNameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" busy={busy} disabled={name.trim() === '' || name.trim() === me.name}>
          Save
        </Button>
      </form>
    </PageSection>
  );
}

function Appearance() {
  const { preferences, change } = usePreferences();
  return (
    <PageSection title="Appearance" hint="Kept on this device.">
      <Choice<Preferences['theme']>
        legend="Theme"
        value={preferences.theme}
        options={themes}
        onChange={(theme) => change({ theme })}
      />
      <Choice<Preferences['density']>
        legend="Density"
        value={preferences.density}
        options={[
          { value: 'comfortable', label: 'Comfortable', hint: 'Room between messages' },
          { value: 'compact', label: 'Compact', hint: 'More on the screen' },
        ]}
        onChange={(density) => change({ density })}
      />
    </PageSection>
  );
}

function Password() {
  const confab = useConfab();
  const toasts = useToasts();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { run, busy, failure, code } = useAction(async () => {
    await confab.account.changePassword(current, next);
    setCurrent('');
    setNext('');
    toasts.done('Your password was changed. Your other sessions were ended.');
  });
  const inField = code === 'password-too-weak' || code === 'wrong-credentials';
  return (
    <PageSection title="Password" hint="Changing it signs you out everywhere but here.">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {failure && !inField ? <Banner tone="danger">{failure}</Banner> : null}
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          required
          error={code === 'wrong-credentials' ? 'That is not your current password.' : null}
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          required
          hint={`At least ${limits.passwordChars.min} characters.`}
          error={code === 'password-too-weak' ? failure : null}
          minLength={limits.passwordChars.min}
          maxLength={limits.passwordChars.max}
          value={next}
          onChange={(event) => setNext(event.target.value)}
        />
        <Button type="submit" busy={busy} disabled={current === '' || next === ''}>
          Change password
        </Button>
      </form>
    </PageSection>
  );
}
