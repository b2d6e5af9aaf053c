import { randomUUID } from 'node:crypto';
import { toWireError, type WireError } from '@confab/protocol';
import type { Outcome } from '../../session/index.ts';
import { positionsOf } from './cursors.ts';
import type { StreamQuestion } from './event-stream.ts';
import type { Hub } from './hub.ts';
import { wrongArgument } from './refusals.ts';

type Arguments = readonly unknown[];

interface Method {
  readonly name: string;
  readonly streams: false;
  /** Whether calls that come after it wait for its end. */
  readonly holdsOthers: boolean;
  run(hub: Hub, given: Arguments): Outcome<unknown> | Promise<Outcome<unknown>>;
}

interface StreamingMethod {
  readonly name: string;
  readonly streams: true;
  question(hub: Hub, given: Arguments): StreamQuestion | { readonly error: WireError };
}

/** What the gateway asks by itself, for whoever is told anything: `Join`, `Leave` and `Events` stand for it. */
const ownCommands: ReadonlySet<string> = new Set(['connection.hello', 'log.listen', 'log.unlisten']);

const methods: readonly (Method | StreamingMethod)[] = [
  {
    /** `Send(room, text, clientId?)` → what `message.post` answers. */
    name: 'Send',
    streams: false,
    holdsOthers: false,
    run(hub, [room, text, clientId]) {
      hub.told.settle(true);
      const reached = hub.told.reach(room);
      if ('error' in reached) return reached;
      const params = { room: reached.room, clientId: clientId ?? randomUUID(), text };
      return hub.session.requestAny('message.post', params);
    },
  },
  {
    /** `Join(room, cursor?)` → `{ cursor }`: the events of the room from now or from the cursor on. */
    name: 'Join',
    streams: false,
    holdsOthers: true,
    run(hub, [room, cursor]) {
      if (isAbsent(cursor)) return hub.told.join(room, undefined);
      const from = positionsOf(cursor, hub.limits);
      return 'error' in from ? from : hub.told.join(room, from.positions);
    },
  },
  { name: 'Leave', streams: false, holdsOthers: true, run: (hub, [room]) => hub.told.leave(room) },
  {
    /** `Command(name, params?)` → what the command answers. */
    name: 'Command',
    streams: false,
    holdsOthers: false,
    run(hub, [command, params]) {
      if (typeof command !== 'string') return wrongArgument('name', 'it is not a text');
      hub.told.settle(true);
      if (ownCommands.has(command)) return { error: toWireError('unknown-command', { command }) };
      return hub.session.requestAny(command, params ?? {});
    },
  },
  {
    /** `Events({ rooms?, after? }?)`: a stream of the frames of these rooms, or of all. */
    name: 'Events',
    streams: true,
    question(hub, [given]) {
      if (isAbsent(given)) return { rooms: undefined, after: undefined };
      if (typeof given !== 'object') return wrongArgument('options', 'it is not an object');
      const { rooms, after } = given as { rooms?: unknown; after?: unknown };
      const isList = Array.isArray(rooms) && rooms.every((each) => typeof each === 'string');
      if (!isAbsent(rooms) && !isList) return wrongArgument('rooms', 'it is not a list of texts');
      if (isList && rooms.length > hub.limits.rooms) return wrongArgument('rooms', 'there are too many');
      const from = isAbsent(after) ? undefined : positionsOf(after, hub.limits);
      if (from !== undefined && 'error' in from) return from;
      return { rooms: isList ? (rooms as string[]) : undefined, after: from?.positions };
    },
  },
];

/** By their names in small letters: the reference server does not tell capitals apart either. */
export const hubMethods: ReadonlyMap<string, Method | StreamingMethod> = new Map(
  methods.map((method) => [method.name.toLowerCase(), method]),
);

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
