import { limits } from './limits.ts';
import { Nothing, RoomIdSchema, Shape, type Static, Timestamp, Type, UserIdSchema } from './schema.ts';

/** What a client calls one of its own connections to others; chosen by itself, unique among its person's. */
export const PeerIdSchema = Type.String({ minLength: 1, maxLength: limits.peerIdChars, pattern: '^[A-Za-z0-9 _-]+$' });

const everyDevice = '*';
/** One peer of a person, or `*`: all of them. */
const Recipient = Type.String({ minLength: 1, maxLength: limits.peerIdChars, pattern: '^(\\*|[A-Za-z0-9 _-]+)$' });

/**
 * What a signal is for. `data` carries what two peers say to each other when they cannot meet; the rest is WebRTC's
 * negotiation (RFC 8829) and what goes around it.
 */
export const SignalKind = Type.Union([
  Type.Literal('hello'),
  Type.Literal('offer'),
  Type.Literal('answer'),
  Type.Literal('candidate'),
  Type.Literal('data'),
  Type.Literal('leave'),
]);
export type SignalKind = Static<typeof SignalKind>;

/** Only the peers read it. */
const Payload = Type.String({ maxLength: limits.signalChars });
/** Which of its person's connections has a claimed id now; chosen by the connection. */
const Holder = Type.String({ minLength: 1, maxLength: limits.peerIdChars, pattern: '^[!-~]+$' });

const heldId = { peer: PeerIdSchema, holder: Holder };
const sent = { from: PeerIdSchema, kind: SignalKind, payload: Payload };

/** Introducing connections to each other ([P1]–[P7]). The server passes on what they say and stores none of it. */
export const peerCommands = {
  'peer.announce': {
    http: 'POST /rooms/:room/peers',
    params: Shape({ room: RoomIdSchema, from: PeerIdSchema, present: Type.Boolean() }),
    result: Nothing,
    summary: 'Say in a room that one can be met there under a peer id, or no longer.',
  },
  'peer.signal': {
    http: 'POST /rooms/:room/peers/signals',
    params: Shape({ room: RoomIdSchema, to: UserIdSchema, peer: Recipient, ...sent }),
    result: Nothing,
    summary: `Tell a peer of a person who is in the same room something; “${everyDevice}” tells all of the person’s.`,
  },
  'peer.claim': {
    http: 'POST /peers/:peer/claim',
    params: Shape({ ...heldId, secret: Type.String({ minLength: 1, maxLength: limits.peerSecretChars }) }),
    result: Shape({ expiresAt: Timestamp }),
    summary:
      'Take a peer id that everyone on the instance finds one by, for a time; with the same secret, take it back.',
  },
  'peer.renew': {
    http: 'POST /peers/:peer/renew',
    params: Shape(heldId),
    result: Shape({ expiresAt: Timestamp }),
    summary: 'Keep a claimed peer id for longer.',
  },
  'peer.release': {
    http: 'POST /peers/:peer/release',
    params: Shape(heldId),
    result: Nothing,
    summary: 'Stop hearing under a claimed peer id. For a while it stays one’s own.',
  },
  'peer.reach': {
    http: 'POST /peers/:peer/signals',
    params: Shape({ peer: PeerIdSchema, ...sent }),
    result: Nothing,
    summary: 'Tell whoever has claimed a peer id something, from a claimed id of one’s own.',
  },
} as const;

export const peerEvents = {
  /** On the room's log, to its live listeners, one's own connections among them. */
  'peer.announced': { data: Shape({ user: UserIdSchema, from: PeerIdSchema, present: Type.Boolean() }) },
  /** On the recipient's inbox. `user` is who sent it, as the server knows them. */
  'peer.signal': { data: Shape({ room: RoomIdSchema, user: UserIdSchema, peer: Recipient, ...sent }) },
  /** On the inbox of whoever has the id; meant for the connection that holds it. */
  'peer.reached': { data: Shape({ ...heldId, user: UserIdSchema, ...sent }) },
} as const;
