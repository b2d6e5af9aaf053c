import type { ComponentType } from 'react';
import { type Sentence, sentence } from '../../language/sentences.ts';
import { PasswordSection } from '../accounts/password-section.tsx';
import { ProfileSection } from '../accounts/profile-section.tsx';
import { SessionList } from '../accounts/session-list.tsx';
import { BlockedPeople } from '../blocks/blocked-people.tsx';
import { AccountExport } from '../exports/account-export.tsx';
import { NotificationsSection } from '../notifications/notifications-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DoNotDisturbSection } from './do-not-disturb-section.tsx';
import { MessagesSection } from './messages-section.tsx';
import type { SettingsPart } from './settings-titles.ts';

interface Part {
  readonly hint?: Sentence;
  readonly Content: ComponentType;
}

/** What each part of the settings page has below its title. */
export const settingsContents: Readonly<Record<SettingsPart, Part>> = {
  profile: { Content: ProfileSection },
  appearance: { hint: sentence('The same on all of your devices.'), Content: AppearanceSection },
  messages: { hint: sentence('The same on all of your devices.'), Content: MessagesSection },
  notifications: {
    hint: sentence('What you choose for a single room, in its menu, comes before this.'),
    Content: NotificationsSection,
  },
  'do-not-disturb': {
    hint: sentence('A moon beside your name tells others. They can still write to you.'),
    Content: DoNotDisturbSection,
  },
  blocked: {
    hint: sentence('They cannot write to you, and what they write elsewhere is folded.'),
    Content: BlockedPeople,
  },
  password: { hint: sentence('Changing it signs you out everywhere but here.'), Content: PasswordSection },
  data: {
    hint: sentence(
      'A zip with everything you wrote and keep here, as pages to read and as data. It is there for a day, for you alone.',
    ),
    Content: AccountExport,
  },
  sessions: { hint: sentence('Where you are signed in. End any that you do not know.'), Content: SessionList },
};
