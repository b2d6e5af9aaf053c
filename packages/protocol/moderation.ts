import { limits } from './limits.ts';
import { Person } from './people.ts';
import { RoomInfo } from './room-info.ts';
import {
  MessageIdSchema,
  Nothing,
  Nullable,
  RoomIdSchema,
  Seq,
  Shape,
  SpaceIdSchema,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';
import { WordFilter } from './word-filter.ts';

const space = SpaceIdSchema;
const user = UserIdSchema;
const message = MessageIdSchema;
const Until = Nullable(Timestamp);

/** Why something was done: said to whom it was done, and kept in the record. */
export const ModerationReason = Type.String({ maxLength: limits.reasonChars });
const GivenReason = Type.String({ minLength: 1, maxLength: limits.reasonChars, pattern: '\\S' });

/** Someone who may not write: in the whole space, or in one `room` of it. `until`: `null` until it is taken back. */
export const Mute = Shape({
  space,
  room: Nullable(RoomIdSchema),
  user,
  reason: ModerationReason,
  until: Until,
  at: Timestamp,
});
export type Mute = Static<typeof Mute>;

/** Someone who cannot come into a space, whichever invitation they have. */
export const Ban = Shape({ space, user, reason: ModerationReason, until: Until, by: user, at: Timestamp });
export type Ban = Static<typeof Ban>;

export const NoteKind = Type.Union([
  Type.Literal('warned'),
  Type.Literal('muted'),
  Type.Literal('unmuted'),
  Type.Literal('banned'),
  Type.Literal('removed'),
  Type.Literal('message-deleted'),
  /** Out of a message that stays. */
  Type.Literal('file-removed'),
  /** What became of a report of one's own. */
  Type.Literal('report-decided'),
]);
export type NoteKind = Static<typeof NoteKind>;

export const Decision = Type.Union([
  Type.Literal('dismiss'),
  Type.Literal('delete'),
  Type.Literal('warn'),
  Type.Literal('mute'),
  Type.Literal('ban'),
]);
export type Decision = Static<typeof Decision>;

const note = {
  kind: NoteKind,
  space,
  /** As it was called then: one may not be in it any more. */
  spaceName: Type.String(),
  /** Where it is about a room, and what that was called. */
  room: Type.Optional(RoomIdSchema),
  roomName: Type.Optional(Type.String()),
  reason: ModerationReason,
  until: Type.Optional(Until),
  decision: Type.Optional(Decision),
};
const NoteData = Shape(note);
export type NoteData = Static<typeof NoteData>;

/** What moderators tell one person. It stands until the person has seen it. `seq`: of the event that told it. */
export const ModerationNote = Shape({ ...note, seq: Seq, at: Timestamp });
export type ModerationNote = Static<typeof ModerationNote>;

const OpenReports = Shape({ space, open: Type.Integer({ minimum: 0 }) });

/** What of moderation concerns oneself; a part of `account.home`. */
export const OwnModeration = Shape({
  /** One's own, that hold. */
  mutes: Type.Array(Mute),
  /** Not seen yet, the first one first; at most `moderationNotes`. */
  notes: Type.Array(ModerationNote),
  /** Of the spaces that one moderates, those in which something waits. */
  reports: Type.Array(OpenReports),
});
export type OwnModeration = Static<typeof OwnModeration>;

export const ReportReason = Type.Union([
  Type.Literal('spam'),
  Type.Literal('harassment'),
  Type.Literal('hate'),
  Type.Literal('violence'),
  Type.Literal('private-data'),
  Type.Literal('other'),
  /** Found by the space's word filter. */
  Type.Literal('word-filter'),
]);
export type ReportReason = Static<typeof ReportReason>;

const Report = Shape({
  /** `null`: the word filter. */
  by: Nullable(UserIdSchema),
  reason: ReportReason,
  note: Type.String({ maxLength: limits.reportNoteChars }),
  at: Timestamp,
});

/** A message that somebody reported, and what became of it. */
export const ReportCase = Shape({
  message,
  room: RoomInfo,
  author: user,
  /** As it was when it was reported first; forgotten when the case is decided. */
  text: Type.String(),
  openedAt: Timestamp,
  /** Who looks into it; `null` while nobody does. */
  takenBy: Nullable(UserIdSchema),
  /** At most `shownReports`, the first one first. */
  reports: Type.Array(Report),
  decided: Type.Optional(Shape({ by: user, at: Timestamp, decision: Decision, reason: ModerationReason })),
});
export type ReportCase = Static<typeof ReportCase>;

export const AuditAction = Type.Union([
  Type.Literal('person-muted'),
  Type.Literal('person-unmuted'),
  Type.Literal('person-banned'),
  Type.Literal('person-unbanned'),
  Type.Literal('person-warned'),
  Type.Literal('person-removed'),
  Type.Literal('person-joined'),
  Type.Literal('role-set'),
  Type.Literal('message-deleted'),
  Type.Literal('file-removed'),
  Type.Literal('report-decided'),
  Type.Literal('room-person-removed'),
  Type.Literal('room-rules-set'),
  Type.Literal('room-renamed'),
  Type.Literal('room-archived'),
  Type.Literal('room-unarchived'),
  Type.Literal('space-renamed'),
  Type.Literal('invite-created'),
  Type.Literal('invite-revoked'),
  Type.Literal('webhook-created'),
  Type.Literal('webhook-revoked'),
  Type.Literal('word-filter-set'),
  Type.Literal('audit-term-set'),
  /** A moderator or somebody above began a session. */
  Type.Literal('signed-in'),
]);
export type AuditAction = Static<typeof AuditAction>;

/** One line of the record of a space: who did what to whom, when and why. It is never changed. */
export const AuditEntry = Shape({
  /** The how-manieth of the space. */
  n: Type.Integer({ minimum: 1 }),
  at: Timestamp,
  by: user,
  action: AuditAction,
  user: Type.Optional(UserIdSchema),
  room: Type.Optional(RoomIdSchema),
  message: Type.Optional(MessageIdSchema),
  reason: Type.Optional(ModerationReason),
  until: Type.Optional(Until),
  /** What it came to, for example the new role or name. */
  detail: Type.Optional(Type.String()),
});
export type AuditEntry = Static<typeof AuditEntry>;

const days = Type.Integer({ minimum: 1, maximum: limits.auditDays });
const people = Type.Array(Person);
const perPage = Type.Optional(Type.Integer({ minimum: 1, maximum: limits.moderationPerPage }));

export const moderationCommands = {
  'moderation.mute': {
    http: 'POST /spaces/:space/mutes',
    params: Shape({ space, user, room: Type.Optional(RoomIdSchema), reason: GivenReason, until: Until }),
    result: Nothing,
    summary: 'Let someone write no more, in the space or in one room of it, until a time. A further one replaces it.',
  },
  'moderation.unmute': {
    http: 'DELETE /spaces/:space/mutes/:user',
    params: Shape({ space, user, room: Type.Optional(RoomIdSchema) }),
    result: Nothing,
    summary: 'Take a mute back. Doing so twice changes nothing.',
  },
  'moderation.ban': {
    http: 'POST /spaces/:space/bans',
    params: Shape({ space, user, reason: GivenReason, until: Until }),
    result: Nothing,
    summary: 'Put someone out of the space, who cannot come back until a time. Their invitations are withdrawn.',
  },
  'moderation.unban': {
    http: 'DELETE /spaces/:space/bans/:user',
    params: Shape({ space, user }),
    result: Nothing,
    summary: 'Let someone come back. They need an invitation as anyone does.',
  },
  'moderation.warn': {
    http: 'POST /spaces/:space/warnings',
    params: Shape({ space, user, reason: GivenReason }),
    result: Nothing,
    summary: 'Tell someone of the space what is not all right. They see it until they say that they did.',
  },
  'moderation.sanctions': {
    http: 'GET /spaces/:space/sanctions',
    params: Shape({ space }),
    result: Shape({ mutes: Type.Array(Mute), bans: Type.Array(Ban), people }),
    summary: 'Who may not write in a space or not come into it now, the latest first.',
  },
  'moderation.report': {
    http: 'POST /messages/:message/reports',
    params: Shape({
      message,
      reason: Type.Union([
        Type.Literal('spam'),
        Type.Literal('harassment'),
        Type.Literal('hate'),
        Type.Literal('violence'),
        Type.Literal('private-data'),
        Type.Literal('other'),
      ]),
      note: Type.Optional(Type.String({ maxLength: limits.reportNoteChars })),
    }),
    result: Nothing,
    summary:
      'Tell the moderators of the space of a message. They see what it says. A further report of it replaces one’s own.',
  },
  'moderation.queue': {
    http: 'GET /spaces/:space/reports',
    params: Shape({
      space,
      decided: Type.Optional(Type.Boolean()),
      /** Pages: cases of messages before this one. */
      before: Type.Optional(MessageIdSchema),
      limit: perPage,
    }),
    result: Shape({ cases: Type.Array(ReportCase), people, more: Type.Boolean() }),
    summary: 'Reported messages that wait for a decision, or those that were decided; the newest message first.',
  },
  'moderation.take': {
    http: 'PUT /messages/:message/reports/taker',
    params: Shape({ message, taken: Type.Boolean() }),
    result: Nothing,
    summary: 'Say that one looks into a reported message, or no longer does.',
  },
  'moderation.decide': {
    http: 'POST /messages/:message/reports/decision',
    params: Shape({
      message,
      decision: Decision,
      reason: ModerationReason,
      /** Of a mute or ban. */
      until: Type.Optional(Until),
      /** Delete the message besides. */
      alsoDelete: Type.Optional(Type.Boolean()),
    }),
    result: Nothing,
    summary: 'Decide about a reported message, for all who reported it. They hear what came of it.',
  },
  'moderation.filter': {
    http: 'GET /spaces/:space/word-filter',
    params: Shape({ space }),
    result: WordFilter,
    summary: 'Words and phrases that are not said in a space, and what becomes of messages with them.',
  },
  'moderation.set-filter': {
    http: 'PUT /spaces/:space/word-filter',
    params: Shape({ space, rules: WordFilter.properties.rules }),
    result: Nothing,
    summary: 'Replace the word filter of a space. What was said before stays.',
  },
  'moderation.audit': {
    http: 'GET /spaces/:space/audit',
    params: Shape({
      space,
      /** Who did it, or to whom it was done. */
      user: Type.Optional(UserIdSchema),
      action: Type.Optional(AuditAction),
      since: Type.Optional(Timestamp),
      until: Type.Optional(Timestamp),
      /** Pages: entries before this one. */
      before: Type.Optional(Type.Integer({ minimum: 1 })),
      limit: perPage,
    }),
    result: Shape({ entries: Type.Array(AuditEntry), people, more: Type.Boolean(), days }),
    summary: 'The record of what was done in a space by whom, to whom and why; the latest first.',
  },
  'moderation.set-audit-term': {
    http: 'PUT /spaces/:space/audit/term',
    params: Shape({ space, days }),
    result: Nothing,
    summary: 'Say how many days the record of a space is kept.',
  },
  'moderation.acknowledge': {
    http: 'DELETE /account/moderation-notes/:seq',
    params: Shape({ seq: Type.Integer({ minimum: 1 }) }),
    result: Nothing,
    summary: 'Say that one has seen what moderators told one.',
  },
} as const;

/** In the inbox. Who did it is not told. */
export const moderationEvents = {
  'inbox.mutes-changed': { data: Shape({ mutes: Type.Array(Mute) }) },
  'inbox.moderation-noted': { data: NoteData },
  'inbox.moderation-note-seen': { data: Shape({ seq: Seq }) },
  /** For moderators. */
  'inbox.reports-changed': { data: OpenReports },
} as const;
