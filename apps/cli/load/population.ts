import type { RoomId, SpaceId, UserId } from '@confab/protocol';
import { HttpApi } from './http-api.ts';
import { Refused } from './load-connection.ts';

export interface Inhabitant {
  user: UserId;
  handle: string;
  token: string;
  api: HttpApi;
}

/** The accounts and the room that a run plays in. */
export interface Population {
  owner: Inhabitant;
  members: Inhabitant[];
  space: SpaceId;
  room: RoomId;
}

export const password = 'a long enough password';

/** Sets a fresh server up with an owner, `members` further accounts, and one room with all of them in it. */
export async function populate(url: string, members: number, roomName = 'busy'): Promise<Population> {
  const anyone = new HttpApi(url);
  const setUp = { handle: 'owner', name: 'Owner', password, space: 'Load', deliver: 'token' } as const;
  const owner = inhabitant(anyone, 'owner', await patiently(() => anyone.call('account.set-up', setUp)));
  const { spaces } = await owner.api.call('account.home', {});
  const space = spaces[0]?.id;
  if (space === undefined) throw new Error('The first account has no space.');
  const { room } = await owner.api.call('room.create', { space, name: roomName, visibility: 'public' });
  const invite = await owner.api.call('invite.create', { space, maxUses: Math.max(members, 1) });
  const people: Inhabitant[] = [];
  for (let index = 0; index < members; index += 1) {
    const handle = `member-${index}`;
    const account = { handle, name: `Member ${index}`, password, invite: invite.token, deliver: 'token' } as const;
    const person = inhabitant(anyone, handle, await patiently(() => anyone.call('account.sign-up', account)));
    await patiently(() => person.api.call('room.join', { room: room.info.id }));
    people.push(person);
  }
  return { owner, members: people, space, room: room.info.id };
}

function inhabitant(anyone: HttpApi, handle: string, signedIn: { me: { id: UserId }; token?: string }): Inhabitant {
  if (signedIn.token === undefined) throw new Error('The server gave no token.');
  return { user: signedIn.me.id, handle, token: signedIn.token, api: anyone.as(signedIn.token) };
}

/** Repeats what was refused only for being too fast. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused) || error.error.retry !== 'later') throw error;
      await new Promise((resolve) => setTimeout(resolve, error.error.retryAfterMs ?? 100));
    }
  }
}
