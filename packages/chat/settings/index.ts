export { changeSettings } from './change-settings.ts';
export { setSettings } from './set-settings.ts';
export { settingsOf, settingsOfAll } from './settings-store.ts';
