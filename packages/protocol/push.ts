import { limits } from './limits.ts';
import { PictureHash } from './picture-hash.ts';
import {
  MessageIdSchema,
  Nothing,
  Nullable,
  PushSubscriptionIdSchema,
  RoomIdSchema,
  Seq,
  SessionIdSchema,
  Shape,
  type Static,
  Timestamp,
  Type,
} from './schema.ts';
import { LanguageTag } from './settings.ts';

/** Why a push did not arrive: its address is none that is asked, its service refused it, or gave no answer. */
export const PushFailure = Type.Union([
  Type.Literal('not-allowed'),
  Type.Literal('refused'),
  Type.Literal('no-answer'),
]);
export type PushFailure = Static<typeof PushFailure>;

/** A browser that is told though no page is open (Web Push, RFC 8030). It ends with its session. */
export const PushSubscriptionView = Shape({
  id: PushSubscriptionIdSchema,
  session: SessionIdSchema,
  /** What the browser of that session calls itself. */
  agent: Type.String(),
  createdAt: Timestamp,
  /** When its push service last took something. */
  sentAt: Nullable(Timestamp),
  /** Why what was sent last did not get through. */
  failure: Nullable(PushFailure),
});
export type PushSubscriptionView = Static<typeof PushSubscriptionView>;

/** What its reader reads: whoever shows a push has nothing else to know it by. */
const language = LanguageTag;

/** What a push says, encrypted for the browser that it goes to. `hidden`: its words are not to be shown ([O5]). */
export const PushPayload = Type.Union([
  Shape({ kind: Type.Literal('test'), language }),
  Shape({ kind: Type.Literal('hidden'), language, room: RoomIdSchema, message: MessageIdSchema, seq: Seq }),
  /** One wanted to be reminded of a message. The text is empty where its words are not to be shown. */
  Shape({
    kind: Type.Literal('reminder'),
    language,
    room: RoomIdSchema,
    message: MessageIdSchema,
    seq: Seq,
    text: Type.String(),
  }),
  Shape({
    kind: Type.Literal('message'),
    language,
    room: RoomIdSchema,
    message: MessageIdSchema,
    seq: Seq,
    author: Type.String(),
    /** The author’s. */
    picture: Type.Optional(PictureHash),
    /** What the room is called, a channel with its `#`; empty for a direct and for a group without a name. */
    place: Type.String(),
    /** Its beginning. */
    text: Type.String(),
  }),
]);
export type PushPayload = Static<typeof PushPayload>;

const subscription = PushSubscriptionIdSchema;

export const pushCommands = {
  'push.list': {
    http: 'GET /push/subscriptions',
    params: Nothing,
    /** `publicKey`: the `applicationServerKey` to subscribe with, base64url (RFC 8292). */
    result: Shape({ publicKey: Type.String(), subscriptions: Type.Array(PushSubscriptionView) }),
    summary: 'The browsers that are told though no page is open, and the key to subscribe one with.',
  },
  'push.subscribe': {
    http: 'POST /push/subscriptions',
    params: Shape({
      endpoint: Type.String({ minLength: 1, maxLength: limits.pushEndpointChars, pattern: '^https?://' }),
      /** As the browser gives them: its public key and its secret, base64url (RFC 8291). */
      keys: Shape({
        p256dh: Type.String({ maxLength: 88, pattern: '^[A-Za-z0-9_-]{87}=?$' }),
        auth: Type.String({ maxLength: 24, pattern: '^[A-Za-z0-9_-]{22}={0,2}$' }),
      }),
    }),
    result: Shape({ subscription: PushSubscriptionView }),
    summary: `Be told in this browser though no page is open, until its session ends. Takes the place of the session’s earlier one. At most ${limits.pushSubscriptionsPerPerson} a person.`,
  },
  'push.unsubscribe': {
    http: 'DELETE /push/subscriptions/:subscription',
    params: Shape({ subscription }),
    result: Nothing,
    summary: 'Be told there no more.',
  },
  'push.test': {
    http: 'POST /push/subscriptions/:subscription/test',
    params: Shape({ subscription }),
    result: Nothing,
    summary: 'Send a notification there now. `push.list` tells what came of it.',
  },
} as const;
