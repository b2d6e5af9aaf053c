import type { QoS } from 'mqtt-packet';
import { decodeCursor, encodeCursor, type Positions } from '../../../session/index.ts';
import type { KnownSend, SendsState } from '../inbound/send-ids.ts';
import type { Unfinished } from '../outbound/send-window.ts';
import type { BoundInterest, Subscription } from '../topics/subscriptions.ts';
import type { TopicKind } from '../topics/topic-shapes.ts';

/** What is kept of a session while its client is away: where it stands, and never a copy of what it misses. */
export interface SavedSession {
  /** Seconds that it is kept after its client left. */
  readonly expiryS: number;
  /** When its client left (Unix ms); `null`: it is connected, or the server was killed. */
  readonly endedAt: number | null;
  /** The last packet id that the server may have used. */
  readonly packetIds: number;
  readonly sends: SendsState;
  readonly subscriptions: readonly Subscription[];
  readonly positions: Positions;
  readonly unfinished: readonly Unfinished[];
  /** Packet ids of the client's QoS 2 messages that wait for its PUBREL. */
  readonly unreleased: readonly number[];
}

const form = 1;

type SavedInterest = readonly [kind: TopicKind, name: string | null, target: string | null];
type SavedSubscription = readonly [
  filter: string,
  qos: QoS,
  noLocal: boolean,
  id: number | null,
  interests: readonly SavedInterest[],
];

interface SavedForm {
  readonly form: typeof form;
  readonly expiryS: number;
  readonly endedAt: number | null;
  readonly ids: number;
  readonly era: number;
  readonly known: readonly KnownSend[];
  readonly subscriptions: readonly SavedSubscription[];
  readonly at: string;
  readonly unfinished: readonly (readonly [packetId: number, received: boolean, copy: string])[];
  readonly unreleased: readonly number[];
}

export function encodeSession(session: SavedSession): string {
  const saved: SavedForm = {
    form,
    expiryS: session.expiryS,
    endedAt: session.endedAt,
    ids: session.packetIds,
    era: session.sends.era,
    known: session.sends.known,
    subscriptions: session.subscriptions.map(({ filter, qos, noLocal, id, interests }) => [
      filter,
      qos,
      noLocal,
      id,
      interests.map(({ kind, name, target }) => [kind, name, target]),
    ]),
    at: encodeCursor(session.positions),
    unfinished: session.unfinished.map(({ packetId, received, copy }) => [packetId, received, copy]),
    unreleased: session.unreleased,
  };
  return JSON.stringify(saved);
}

/** The session behind a text, or `undefined`: whatever a person has put under that name themselves is no session. */
export function decodeSession(text: string): SavedSession | undefined {
  try {
    const saved = JSON.parse(text) as SavedForm;
    const positions = decodeCursor(saved.at);
    if (saved.form !== form || positions === undefined) return undefined;
    const session: SavedSession = {
      expiryS: saved.expiryS,
      endedAt: saved.endedAt,
      packetIds: saved.ids,
      sends: { era: saved.era, known: saved.known },
      subscriptions: saved.subscriptions.map(([filter, qos, noLocal, id, interests]) => ({
        filter,
        qos,
        noLocal,
        id,
        interests: interests.map(([kind, name, target]): BoundInterest => ({ kind, name, target })),
      })),
      positions,
      unfinished: saved.unfinished.map(([packetId, received, copy]) => ({ packetId, received, copy })),
      unreleased: [...saved.unreleased],
    };
    return isSound(session) ? session : undefined;
  } catch {
    return undefined;
  }
}

/** The owner may write anything under any name: what counts is that no form of it brings the server to a halt. */
function isSound({ expiryS, packetIds, sends, subscriptions, unfinished, unreleased }: SavedSession): boolean {
  const id = (value: unknown, min: number) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= 65_535;
  return (
    Number.isFinite(expiryS) &&
    id(packetIds, 0) &&
    Number.isSafeInteger(sends.era) &&
    sends.known.every((send) => Array.isArray(send) && id(send[0], 1) && typeof send[1] === 'string') &&
    subscriptions.every(({ filter, qos }) => typeof filter === 'string' && [0, 1, 2].includes(qos)) &&
    unfinished.every(({ packetId, copy }) => id(packetId, 0) && typeof copy === 'string') &&
    unreleased.every((each) => id(each, 1))
  );
}

/** Whether a session is over: its client has been away for longer than it asked for, or than `maxS`. */
export function isExpired({ endedAt, expiryS }: SavedSession, savedAt: number, now: number, maxS: number): boolean {
  const away = now - (endedAt ?? savedAt);
  return away > (endedAt === null ? maxS : Math.min(expiryS, maxS)) * 1_000;
}
