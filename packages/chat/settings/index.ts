export { setSettings } from './set-settings.ts';
export { settingsOf } from './settings-store.ts';
