import type { Page } from 'playwright-core';
import { invite, openRoom, password, say, setUp, type Visitor } from './people.ts';
import type { Place } from './screens.ts';

/** Lets somebody join and say something, without a page. */
async function answerOf({ context: { request } }: Visitor, { room, join }: Place, name: string): Promise<void> {
  const invite = join.slice('/join/'.length);
  const account = { handle: name.toLowerCase(), name, password, invite, deliver: 'token' };
  const { token } = await (await request.post('/api/v1/account/sign-up', { data: account })).json();
  const headers = { authorization: `Bearer ${token}` };
  await request.post(`/api/v1${room}/messages`, { headers, data: { clientId: name, text: `I am ${name}` } });
}

/** Makes the first account and gives its space a room in which three people said something of every kind. */
export async function furnish(owner: Page, stranger: Visitor): Promise<Place> {
  await setUp(owner, 'Ada', 'Joinery');
  const join = new URL(await invite(owner)).pathname;
  await openRoom(owner, 'general');
  for (const text of [
    '**Hello** `everyone`',
    '- [x] one\n- [ ] two',
    '```\ncode\n```',
    '> quoted',
    '||hidden|| $x^2$\n```ts\nlet a = "b"; // 1\n```',
    'مرحبا',
  ]) {
    await say(owner, text);
  }
  const place = { room: new URL(owner.url()).pathname, join };
  for (const name of ['Bo', 'Cleo']) await answerOf(stranger, place, name);
  return place;
}
