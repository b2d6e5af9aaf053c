import type { Message, Person, Presence, RoomId, Settings, UserId } from '@confab/protocol';
import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react';
import type {
  AccountState,
  Confab,
  ConnectionState,
  OutboxState,
  RoomReceipts,
  RoomState,
  Store,
  TimelineState,
} from '../api.ts';

const ConfabContext = createContext<Confab | null>(null);

/** Gives the components beneath it a client. Starting and stopping it is its owner's. */
export function ConfabProvider({ confab, children }: { confab: Confab; children?: ReactNode }) {
  return createElement(ConfabContext.Provider, { value: confab }, children);
}

export function useConfab(): Confab {
  const confab = useContext(ConfabContext);
  if (confab === null) throw new Error('There is no <ConfabProvider> above this component.');
  return confab;
}

/** A store's value; the component draws again when it changes. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

export function useConnection(): ConnectionState {
  return useStore(useConfab().connection);
}

export function useAccount(): AccountState {
  return useStore(useConfab().account.state);
}

/** Rooms one is in, by name, archived ones last. */
export function useRooms(): readonly RoomState[] {
  return useStore(useConfab().rooms.list);
}

export function useRoom(room: RoomId): RoomState | undefined {
  return useStore(useConfab().rooms.room(room));
}

/** The room's timeline, open for as long as the component is there: at the first unread, or around `seq`. */
export function useTimeline(room: RoomId, seq?: number): TimelineState {
  const confab = useConfab();
  const timeline = useMemo(() => confab.rooms.timeline(room), [confab, room]);
  useEffect(() => timeline.open(seq), [timeline, seq]);
  return useStore(timeline);
}

export function usePerson(user: UserId): Person | undefined {
  return useStore(useConfab().people.person(user));
}

/** A person's presence, watched for as long as the component is there. */
export function usePresence(user: UserId): Presence | undefined {
  return useStore(useConfab().people.presence(user));
}

/** People typing in the room now, oneself left out. */
export function useTyping(room: RoomId): readonly UserId[] {
  return useStore(useConfab().rooms.typing(room));
}

/** How far the others in a room have come; `null` while it is not known, and where it is not told. */
export function useReceipts(room: RoomId): RoomReceipts {
  return useStore(useConfab().receipts.of(room));
}

/** A room's pinned messages; `null` until they are known. */
export function usePins(room: RoomId): readonly Message[] | null {
  return useStore(useConfab().pins.of(room));
}

export function useSettings(): Settings {
  return useStore(useConfab().settings.state);
}

export function useOutbox(): OutboxState {
  return useStore(useConfab().outbox);
}
