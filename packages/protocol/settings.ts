import type { TOptional } from 'typebox';
import { Nullable, Shape, type Static, Timestamp, Type } from './schema.ts';

/** Minutes since midnight. */
const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 24 * 60 - 1 });

/** Hours in which one is not to be disturbed. From a later time to an earlier one lasts over midnight. */
export const QuietHours = Shape({
  /** On which they begin: 0 is Sunday. */
  days: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
  from: MinuteOfDay,
  to: MinuteOfDay,
  /** Name of the IANA time zone database, for example `Europe/Berlin`. */
  timeZone: Type.String({ minLength: 1, maxLength: 64 }),
});
export type QuietHours = Static<typeof QuietHours>;

/** When one is not to be disturbed. `until`: from now to then. `schedule`: every week besides. */
export const DoNotDisturb = Shape({ until: Nullable(Timestamp), schedule: Nullable(QuietHours) });
export type DoNotDisturb = Static<typeof DoNotDisturb>;

export const LanguageTag = Type.Union([
  Type.Literal('en'),
  Type.Literal('de'),
  Type.Literal('fr'),
  Type.Literal('es'),
  Type.Literal('ja'),
  Type.Literal('ar'),
]);
const NotifyLevel = Type.Union([Type.Literal('all'), Type.Literal('mentions'), Type.Literal('none')]);
const OnOff = Type.Union([Type.Literal('on'), Type.Literal('off')]);

/** Everything that a person sets for all of their devices: a name, and what its value may be. */
const settings = {
  theme: Type.Union([Type.Literal('system'), Type.Literal('light'), Type.Literal('dark')]),
  density: Type.Union([Type.Literal('comfortable'), Type.Literal('compact')]),
  textSize: Type.Union([Type.Literal('small'), Type.Literal('medium'), Type.Literal('large')]),
  /** What the person reads, in the app and in mails. Null until their first app has said what their browser asks for. */
  language: Nullable(LanguageTag),
  /** Whether keys that are a letter alone do something where nothing is typed. */
  singleKeys: OnOff,
  /** How rooms stand in their sections, and which are listed at all. */
  roomOrder: Type.Union([Type.Literal('name'), Type.Literal('unread-first')]),
  roomsShown: Type.Union([Type.Literal('all'), Type.Literal('unread')]),
  /** How long a message waits on the device, in milliseconds, in which it can be taken back. */
  undoSendMs: Type.Union([Type.Literal(0), Type.Literal(5_000), Type.Literal(10_000)]),
  /** Whether others are told how far one has got and read. Who turns this off is not told of others either. */
  receipts: Type.Union([Type.Literal('on'), Type.Literal('off')]),
  doNotDisturb: DoNotDisturb,
  /** `away`: others see one as away on every device, whatever one does there. */
  presence: Type.Union([Type.Literal('auto'), Type.Literal('away')]),
  /** What rings in channels, and in directs and groups, where one chose nothing else for the room ([O1]). */
  notifyChannels: NotifyLevel,
  notifyDirects: NotifyLevel,
  /** Whether replies in threads that one follows ring. */
  notifyThreads: OnOff,
  notifySound: OnOff,
  /** Whether notifications outside the page say what was written and by whom. */
  notifyContent: Type.Union([Type.Literal('shown'), Type.Literal('hidden')]),
  /** Whether one’s other devices ring while one is active on one of them. */
  pushWhen: Type.Union([Type.Literal('always'), Type.Literal('away')]),
  /** When a mail tells of what rang and was not read: so long after the first of it, or at eight in the morning. */
  mailDigest: Type.Union([
    Type.Literal('15-minutes'),
    Type.Literal('hour'),
    Type.Literal('daily'),
    Type.Literal('never'),
  ]),
  /** Where it is eight in the morning: a name of the IANA time zone database. */
  mailTimeZone: Type.String({ minLength: 1, maxLength: 64 }),
} as const;

export const Settings = Shape(settings);
export type Settings = Static<typeof Settings>;

type Optional = { [Name in keyof typeof settings]: TOptional<(typeof settings)[Name]> };
const optional = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, Type.Optional(value)]));

/** Those settings that change. */
export const SettingsChange = Shape(optional as Optional);
export type SettingsChange = Static<typeof SettingsChange>;

export const settingsCommands = {
  'account.set-settings': {
    http: 'PATCH /account/settings',
    params: SettingsChange,
    result: Settings,
    summary: 'Change some of one’s own settings. What is left out stays. Tells one’s other devices.',
  },
} as const;

/** An event of one's inbox: those settings that changed. */
export const settingsEvents = {
  'inbox.settings-changed': { data: SettingsChange },
} as const;
