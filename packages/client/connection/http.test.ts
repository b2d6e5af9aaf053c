import { commands } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { fakePorts } from '../testing/fake-ports.ts';
import { HttpCaller, requestOf } from './http.ts';
import { isRepeatable, routes } from './routes.ts';

function callerWith(answer: () => Response | Promise<Response>, token: string | null = null) {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch = (url: unknown, init: unknown) => {
    asked.push({ url: String(url), init: init as RequestInit });
    return Promise.resolve().then(answer);
  };
  return {
    asked,
    caller: new HttpCaller(fakePorts({ fetch: fetch as typeof globalThis.fetch }), 'http://x', () => token),
  };
}

describe('commands over HTTP', () => {
  it('[C6] has the routes of the protocol and no other', () => {
    expect(routes).toEqual(Object.fromEntries(Object.entries(commands).map(([name, { http }]) => [name, http])));
  });

  it('[C6] puts parameters into the path, the query or the body', () => {
    expect(requestOf('GET /rooms/:room/messages', { room: 'a/b', before: 5, after: undefined })).toEqual({
      method: 'GET',
      path: '/rooms/a%2Fb/messages?before=5',
      body: null,
    });
    expect(requestOf('POST /rooms/:room/messages', { room: 'r', text: 'hi' })).toEqual({
      method: 'POST',
      path: '/rooms/r/messages',
      body: '{"text":"hi"}',
    });
    expect(requestOf('DELETE /messages/:message', { message: 'm' })).toEqual({
      method: 'DELETE',
      path: '/messages/m',
      body: null,
    });
  });

  it('carries the token where there is one', async () => {
    const { asked, caller } = callerWith(() => Response.json({ name: 'x' }), 'secret');
    await caller.call('instance.show', {});
    expect(asked[0]?.url).toBe('http://x/api/v1/instance');
    expect(asked[0]?.init.headers).toEqual({ authorization: 'Bearer secret' });
  });

  it('rejects with the error of the server', async () => {
    const error = { code: 'handle-taken', message: 'Taken.', retry: 'never' };
    const { caller } = callerWith(() => Response.json({ error }, { status: 409 }));
    await expect(caller.call('account.home', {})).rejects.toMatchObject({
      kind: 'refused',
      wire: error,
      message: 'Taken.',
    });
  });

  it.each([
    ['a proxy’s page', () => new Response('<html>', { status: 502 })],
    ['JSON of somebody else', () => Response.json({ oops: true }, { status: 500 })],
    ['no answer at all', () => Promise.reject(new TypeError('no network'))],
  ])('[C5] tells %s as not asked for what is safe to repeat, and as unanswered for the rest', async (_, answer) => {
    const { caller } = callerWith(answer);
    await expect(caller.call('account.home', {})).rejects.toMatchObject({ kind: 'offline' });
    await expect(caller.call('account.rename', { name: 'x' })).rejects.toMatchObject({ kind: 'unanswered' });
    expect(isRepeatable('account.home')).toBe(true);
    expect(isRepeatable('account.rename')).toBe(false);
  });
});
