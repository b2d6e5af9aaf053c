import { commandNames, type Fuzz } from './fuzz.ts';
import type { FuzzTarget } from './fuzzed-door.ts';

export interface AskedCommand {
  readonly command: string;
  readonly params: unknown;
}

/** Commands as they are right, to be shaken: those that do most, and those that are made of most. */
function samples({ room, log, space, user }: FuzzTarget): readonly AskedCommand[] {
  return [
    { command: 'connection.ping', params: {} },
    { command: 'account.home', params: {} },
    { command: 'person.look-up', params: { users: [user] } },
    { command: 'log.listen', params: { logs: [{ log, level: 'live', epoch: 1, after: 0 }] } },
    { command: 'log.listen', params: { logs: [{ log, level: 'passive' }, `space:${space}`] } },
    { command: 'log.unlisten', params: { logs: [log] } },
    { command: 'log.read', params: { log, after: 0, limit: 3 } },
    { command: 'room.show', params: { room } },
    { command: 'room.members', params: { room } },
    { command: 'room.mark-read', params: { room, seq: 1 } },
    { command: 'space.members', params: { space } },
    { command: 'message.list', params: { room, limit: 3 } },
    { command: 'presence.set', params: { state: 'online' } },
    { command: 'presence.watch', params: { users: [user] } },
    { command: 'typing.set', params: { room, typing: true } },
    { command: 'peer.announce', params: { room, from: 'a', present: true } },
    { command: 'peer.signal', params: { room, from: 'a', to: user, kind: 'offer', payload: 'x' } },
    { command: 'cursor.save', params: { name: 'fuzz', state: { at: 1 } } },
    { command: 'cursor.show', params: { name: 'fuzz' } },
  ];
}

/** A command, sometimes right, mostly with something wrong in its parameters, sometimes with others' altogether. */
export function commandAsked(fuzz: Fuzz, target: FuzzTarget): AskedCommand {
  if (fuzz.oneIn(40)) {
    const params = { room: target.room, clientId: `fuzz-${fuzz.below(1e9)}`, text: 'of the fuzz' };
    return { command: 'message.post', params: fuzz.shaken(params) };
  }
  const { command, params } = fuzz.pick(samples(target));
  return { command: fuzz.oneIn(10) ? fuzz.pick(commandNames) : command, params: fuzz.shaken(params) };
}
