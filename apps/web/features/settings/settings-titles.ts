import { sentence } from '../../language/sentences.ts';

/** What each part of the settings is called, by its name in the address, from top to bottom. */
export const settingsTitles = {
  profile: sentence('Profile'),
  appearance: sentence('Appearance'),
  messages: sentence('Messages'),
  notifications: sentence('Notifications'),
  'do-not-disturb': sentence('Do not disturb'),
  blocked: sentence('Blocked people'),
  password: sentence('Password'),
  data: sentence('Your data'),
  sessions: sentence('Sessions'),
} as const;

export type SettingsPart = keyof typeof settingsTitles;

export const settingsParts = Object.keys(settingsTitles) as SettingsPart[];
