import type { ClientId, RoomId, SpaceId } from '@confab/protocol';
import { HttpApi } from '../load/http-api.ts';
import { Refused } from '../load/load-connection.ts';
import { patiently } from '../load/population.ts';
import { demoPeople } from './demo-people.ts';
import { type DemoRoom, demoRooms } from './demo-rooms.ts';
import { demoMessages } from './demo-texts.ts';

export interface SeedOptions {
  url: string;
  handle: string;
  password: string;
  messages: number;
  /** Told what is being done, a sentence at a time. */
  say(sentence: string): void;
}

interface SeededRoom {
  id: RoomId;
  people: HttpApi[];
}

/** Fills a running instance through its public interface, as people would. Needs an owner, or makes the first account. */
export async function seedDemo({ url, handle, password, messages, say }: SeedOptions): Promise<void> {
  const anyone = new HttpApi(url);
  const owner = await signInOrSetUp(anyone, handle, password);
  const { spaces } = await owner.call('account.home', {});
  const space = spaces[0]?.id;
  if (space === undefined) throw new Error('This account is in no space.');
  say(`Making ${demoPeople.length} people. Their password is the one given.`);
  const people = await signEveryoneUp(anyone, owner, space, password);
  const rooms = new Map<string, SeededRoom>();
  for (const room of demoRooms) rooms.set(room.name, await makeRoom(owner, people, space, room));
  say(`Posting ${messages.toLocaleString('en')} messages in ${rooms.size} rooms.`);
  await postAll(rooms, messages);
  for (const { name } of demoRooms.filter(({ archived }) => archived)) {
    const id = rooms.get(name)?.id;
    if (id) await patiently(() => owner.call('room.archive', { room: id }));
  }
  anyone.close();
  say('Done.');
}

async function signInOrSetUp(anyone: HttpApi, handle: string, password: string): Promise<HttpApi> {
  const { setUp } = await anyone.call('instance.show', {});
  const { token } = setUp
    ? await anyone.call('account.sign-in', { handle, password, deliver: 'token' })
    : await anyone.call('account.set-up', { handle, name: 'Alma', password, space: 'Joinery', deliver: 'token' });
  if (token === undefined) throw new Error('The server gave no token.');
  return anyone.as(token);
}

async function signEveryoneUp(
  anyone: HttpApi,
  owner: HttpApi,
  space: SpaceId,
  password: string,
): Promise<{ api: HttpApi; user: string }[]> {
  const invite = await owner.call('invite.create', { space });
  const people = [];
  for (const { handle, name } of demoPeople) {
    const account = { handle, name, password, invite: invite.token, deliver: 'token' } as const;
    const { token, me } = await patiently(() => anyone.call('account.sign-up', account));
    people.push({ api: anyone.as(token ?? ''), user: me.id });
  }
  return people;
}

/** Not everyone is in every room. */
async function makeRoom(
  owner: HttpApi,
  people: readonly { api: HttpApi; user: string }[],
  space: SpaceId,
  { name, topic, visibility }: DemoRoom,
): Promise<SeededRoom> {
  const { room } = await patiently(() => owner.call('room.create', { space, name, topic, visibility }));
  const id = room.info.id;
  const members = people.filter((_, index) => visibility === 'public' || index % 3 === 0);
  for (const { api, user } of members) {
    if (visibility === 'public') await patiently(() => api.call('room.join', { room: id }));
    else await patiently(() => owner.call('room.invite', { room: id, user: user as typeof room.info.createdBy }));
  }
  return { id, people: [owner, ...members.map(({ api }) => api)] };
}

async function postAll(rooms: ReadonlyMap<string, SeededRoom>, count: number): Promise<void> {
  const runId = Date.now().toString(36);
  for (const [index, { room, author, text, edit, remove }] of demoMessages(count).entries()) {
    const target = rooms.get(room);
    const api = target?.people[author % target.people.length];
    if (!target || !api) continue;
    const clientId = `demo-${runId}-${index}` as ClientId;
    const { id } = await patiently(() => api.call('message.post', { room: target.id, clientId, text }));
    if (edit !== undefined) await patiently(() => api.call('message.edit', { message: id, text: edit }));
    if (remove) await patiently(() => api.call('message.delete', { message: id }));
  }
}

/** What to tell the person whose seeding was refused. */
export function seedProblem(error: unknown): string {
  if (error instanceof Refused && error.error.code === 'handle-taken') {
    return 'This instance was filled before: the people of the demo are there already.';
  }
  return error instanceof Error ? error.message : String(error);
}
