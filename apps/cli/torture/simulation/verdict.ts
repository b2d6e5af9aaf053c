import type { LogId } from '@confab/protocol';
import { checkHistory } from '../../history/check-history.ts';
import type { World } from './world.ts';

/** What does not hold at the end of a run; empty when all is well. */
export async function verdict(world: World): Promise<string[]> {
  const wrongs = [...world.wrongs];
  await finalLogs(world);
  for (const device of world.devices) wrongs.push(...(await deviceWrongs(world, device)));
  for (const listener of world.listeners) wrongs.push(...(await listenerWrongs(world, listener)));
  for (const { kind, log, detail } of checkHistory(world.recorder.records).violations) {
    wrongs.push(`${kind} in ${log}: ${detail}`);
  }
  wrongs.push(...presenceWrongs(world));
  return wrongs;
}

async function finalLogs({ rooms, listeners, truth, recorder }: World): Promise<void> {
  const logs = new Set([
    ...rooms.map((room): LogId => `room:${room}`),
    ...listeners.flatMap((listener) => listener.logs),
  ]);
  for (const log of logs) {
    const [head] = await truth.chat.heads([log]);
    recorder.final(log, await truth.events(log), head ?? { epoch: 0, seq: 0 });
  }
}

/** Each device follows the rooms that its person is in and no others, and has seen them to the end. */
async function deviceWrongs({ rooms, truth, recorder }: World, device: World['devices'][number]): Promise<string[]> {
  const { name, person, seen, confab } = device;
  if (device.isOff) return [];
  const { status } = confab.connection.get();
  // Whoever set out to end its session may have been signed out themselves before.
  if (!(await truth.chat.stands(person.actor)))
    return status !== 'online' ? [] : [`${name} was signed out and is ${status}`];
  if (status !== 'online') return [`${name} is ${status}`];
  const wrongs: string[] = [];
  for (const room of rooms) {
    const log: LogId = `room:${room}`;
    const [head] = await truth.chat.mayListen(person.actor, [log]);
    const isMember = head !== undefined && (await isIn(truth, device, room));
    const reader = seen.following.get(log);
    if (isMember && reader === undefined) wrongs.push(`${name} is in ${log} and does not follow it`);
    if (!isMember && reader !== undefined) wrongs.push(`${name} is not in ${log} and follows it`);
    if (isMember && reader !== undefined) recorder.settled(reader, log, head.seq);
  }
  return wrongs;
}

/** What was given back is heard again, and to the end. */
async function listenerWrongs({ truth, recorder }: World, listener: World['listeners'][number]): Promise<string[]> {
  const { name, person, logs, hearing } = listener;
  const heads = await truth.chat.mayListen(person.actor, logs);
  return logs.flatMap((log, index) => {
    const [head, reader] = [heads[index], hearing.get(log)];
    if (head === undefined) return reader === undefined ? [] : [`${name} hears ${log} without a right`];
    if (reader === undefined) return [`${name} has a right to ${log} and does not hear it`];
    recorder.settled(reader, log, head.seq);
    return [];
  });
}

async function isIn(truth: World['truth'], device: World['devices'][number], room: World['rooms'][number]) {
  const shown = await truth.chat.execute(device.person.actor, 'room.show', { room });
  return 'result' in shown && (shown.result as { room: { membership: unknown } }).room.membership !== null;
}

/** All nodes agree on who is here, and are right. */
function presenceWrongs({ people, devices, aliveNodes }: World): string[] {
  return people.flatMap(({ user, handle }) => {
    const online = devices.filter(({ person, isOff, isOnline }) => person.user === user && !isOff && isOnline);
    const present = online.every(({ isAway }) => isAway) ? 'away' : 'online';
    const state = online.length === 0 ? 'offline' : present;
    return aliveNodes.flatMap(({ name, engine }) => {
      const told = engine.presence.statesOf([user])[0]?.state;
      return told === state ? [] : [`${name} takes ${handle} for ${told}, who is ${state}`];
    });
  });
}
