import type { Settings } from './settings.ts';

/** What holds until a person sets something else. */
export const initialSettings: Settings = {
  theme: 'system',
  density: 'comfortable',
  textSize: 'medium',
  language: null,
  singleKeys: 'on',
  roomOrder: 'name',
  roomsShown: 'all',
  undoSendMs: 0,
  receipts: 'on',
  doNotDisturb: { until: null, schedule: null },
  presence: 'auto',
  notifyChannels: 'mentions',
  notifyDirects: 'all',
  notifyThreads: 'on',
  notifySound: 'on',
  notifyContent: 'shown',
  pushWhen: 'always',
  mailDigest: 'hour',
  mailTimeZone: 'UTC',
};
