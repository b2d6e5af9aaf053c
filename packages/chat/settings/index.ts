export { setSettings } from './set-settings.ts';
export { settingsOf, settingsOfAll } from './settings-store.ts';
