import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from './testing/open-server.ts';

let server: OpenServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
let hook: string;

beforeAll(async () => {
  server = await openServer();
  owner = await setUpOwner(server);
});
afterAll(() => server.close());
beforeEach(async () => {
  const { token } = await server.ask('webhook.create', { room: owner.room, name: 'Build' }, owner.token);
  hook = `/hooks/${owner.room}/${token}`;
});

const json = { 'content-type': 'application/json' };

async function post(path: string, body: string, headers: Record<string, string> = json) {
  const response = await server.fetch(path, { method: 'POST', headers, body });
  return { status: response.status, body: await response.text() };
}

async function lastText(): Promise<string | undefined> {
  const page = await server.ask('message.list', { room: owner.room }, owner.token);
  return page.messages.at(-1)?.text;
}

describe('a webhook in Slack’s form', () => {
  it('takes what programs send to Slack, and answers as Slack does', async () => {
    expect(await post(hook, JSON.stringify({ text: 'Build *done*' }))).toEqual({ status: 200, body: 'ok' });
    expect(await lastText()).toBe('Build **done**');
  });

  it('takes the form field that older programs send', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams({ payload: JSON.stringify({ text: 'from a form' }) }).toString();
    expect(await post(hook, payload, form)).toEqual({ status: 200, body: 'ok' });
    expect(await lastText()).toBe('from a form');
  });

  it.each([
    ['no JSON', 'hello', 400, 'invalid_payload'],
    ['no object', '[]', 400, 'invalid_payload'],
    ['no text', '{}', 400, 'no_text'],
    ['too long a text', JSON.stringify({ text: 'x'.repeat(10_001) }), 413, 'text-too-long'],
    ['too large a body', JSON.stringify({ text: 'x'.repeat(300_000) }), 413, 'frame-too-large'],
  ])('refuses %s with its word', async (_, body, status, word) => {
    expect(await post(hook, body)).toEqual({ status, body: word });
  });

  it('refuses a token that is none, one of another room, and one that was revoked', async () => {
    expect(await post(`/hooks/${owner.room}/${'x'.repeat(43)}`, '{"text":"x"}')).toMatchObject({
      body: 'invalid_token',
    });
    const other = await server.ask(
      'room.create',
      { space: owner.space, name: `other-${Date.now()}`, visibility: 'public' },
      owner.token,
    );
    const elsewhere = hook.replace(owner.room, other.room.info.id);
    expect(await post(elsewhere, '{"text":"x"}')).toMatchObject({ status: 404, body: 'channel_not_found' });
    const { webhooks } = await server.ask('webhook.list', { room: owner.room }, owner.token);
    for (const { id } of webhooks) await server.ask('webhook.revoke', { webhook: id }, owner.token);
    expect(await post(hook, '{"text":"x"}')).toEqual({ status: 401, body: 'invalid_token' });
  });

  it('is not there for another method, another path, or a page of another site', async () => {
    expect((await server.fetch(hook)).status).toBe(405);
    expect((await post('/hooks/x', '{}')).status).toBe(404);
    expect((await post(hook, '{"text":"x"}', { ...json, origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('a plain webhook', () => {
  it('takes text, and JSON with Markdown, and answers with the message’s place', async () => {
    const plain = `${hook}/plain`;
    const made = await post(plain, 'just *this*', { 'content-type': 'text/plain' });
    expect(made.status).toBe(200);
    expect(JSON.parse(made.body)).toMatchObject({ epoch: 1, seq: expect.any(Number) });
    expect(await lastText()).toBe('just *this*');
    expect(await post(plain, '{}')).toMatchObject({ status: 400 });
    expect(JSON.parse((await post(plain, '{"text":" "}')).body)).toMatchObject({ error: { code: 'text-empty' } });
  });

  it('[L2] posts once what a program repeats after a lost answer', async () => {
    const plain = `${hook}/plain`;
    const key = { ...json, 'idempotency-key': `run-${Date.now()}` };
    const first = await post(plain, '{"text":"once"}', key);
    expect(await post(plain, '{"text":"once"}', key)).toEqual(first);
    expect(JSON.parse((await post(plain, '{"text":"other"}', key)).body)).toMatchObject({
      error: { code: 'client-id-reused' },
    });
  });
});
