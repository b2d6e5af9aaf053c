import type { Params, Presence, UserId } from '@confab/protocol';
import type { OperationName } from './operation.ts';
import type { LastSeen } from './prepared.ts';

/** Who is here, as the engine knows it; people it does not name are offline. */
export interface PresenceSource {
  statesOf(users: readonly UserId[]): readonly { readonly user: UserId; readonly state: Presence['state'] }[];
  /** Everyone who is online; `null` when they are more than `most`. */
  online(most: number): readonly UserId[] | null;
}

/** What a command may do to the connection that it came over. */
export interface ConnectionHandle {
  readonly id: number;
  watch(topics: readonly string[]): void;
  setAway(away: boolean): void;
}

interface Completing {
  readonly presence: PresenceSource;
  readonly connection: ConnectionHandle | undefined;
}

type Completion = (completing: Completing, result: unknown, params: never) => unknown;

function presencesOf(source: PresenceSource, seen: readonly LastSeen[]): { presences: Presence[] } {
  const states = new Map(source.statesOf(seen.map((each) => each.user)).map(({ user, state }) => [user, state]));
  const presences = seen.map(({ user, lastSeenAt }): Presence => {
    const state = states.get(user) ?? 'offline';
    return { user, state, lastSeenAt: state === 'offline' ? lastSeenAt : null };
  });
  return { presences };
}

const seenIn = (result: unknown): readonly LastSeen[] => (result as { seen: readonly LastSeen[] }).seen;

/** What the main thread does when an operation was granted: who is online is known there, and the connection is. */
export const completions: { readonly [Name in OperationName]?: Completion } = {
  'presence.show': ({ presence }, result) => presencesOf(presence, seenIn(result)),
  'presence.watch'({ presence, connection }, result) {
    // Listened to before the states are looked at: a change in between is told, not lost.
    connection?.watch(seenIn(result).map(({ user }) => `presence:${user}`));
    return presencesOf(presence, seenIn(result));
  },
  'presence.set'({ connection }, result, params: Params<'presence.set'>) {
    connection?.setAway(params.state === 'away');
    return result;
  },
};
