import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, openServer, password, setUpOwner } from '../testing/open-server.ts';

let server: OpenServer;
let webApp: string;
let token: string;

beforeAll(async () => {
  webApp = mkdtempSync(join(tmpdir(), 'confab-page-'));
  writeFileSync(join(webApp, 'index.html'), '<!doctype html><title>Confab</title>');
  writeFileSync(join(webApp, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  server = await openServer({}, { webApp });
  ({ token } = await setUpOwner(server));
});
afterAll(async () => {
  await server.close();
  rmSync(webApp, { recursive: true });
});

const signIn = (headers: Record<string, string> = {}) =>
  server.fetch('/api/v1/account/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ handle: 'owner', password, deliver: 'cookie' }),
  });

describe('signing in by cookie', () => {
  it('sets a cookie that scripts and other sites do not get, and keeps the token out of the answer', async () => {
    const response = await signIn();
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^confab_session=[A-Za-z0-9_-]{43};/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).not.toContain('Secure');
    const body = await response.text();
    expect(body).not.toContain(cookie.slice(15, 58));
  });

  it('marks the cookie Secure where people come over https', async () => {
    const secure = await openServer({ publicUrl: 'https://chat.example.org' });
    await setUpOwner(secure);
    const response = await secure.fetch('/api/v1/account/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ handle: 'owner', password, deliver: 'cookie' }),
    });
    expect(response.headers.get('set-cookie')).toContain('Secure');
    await secure.close();
  });

  it('takes the cookie away on signing out', async () => {
    const cookie = ((await signIn()).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const out = await server.fetch('/api/v1/account/sign-out', { method: 'POST', headers: { cookie } });
    expect(out.status).toBe(200);
    expect(out.headers.get('set-cookie')).toMatch(/^confab_session=;.*1970/);
    expect((await server.fetch('/api/v1/account/home', { headers: { cookie } })).status).toBe(401);
  });
});

describe('pages of other origins', () => {
  it('may not change anything, while the own page may', async () => {
    expect((await signIn({ origin: server.url })).status).toBe(200);
    const foreign = await signIn({ origin: 'https://evil.example.org' });
    expect(foreign.status).toBe(403);
    expect(await foreign.json()).toMatchObject({ error: { code: 'foreign-origin' } });
    expect((await signIn({ origin: 'null' })).status).toBe(403);
  });

  it('are told nothing that would let them read an answer', async () => {
    const response = await server.fetch('/api/v1/instance', { headers: { origin: 'https://evil.example.org' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the page', () => {
  it('is given for every address that is one of its screens', async () => {
    for (const path of ['/', '/join/abc', '/rooms/01890000-0000-7000-8000-000000000000']) {
      const response = await server.fetch(path, { headers: { accept: 'text/html' } });
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
    const plain = await server.fetch('/', { headers: { 'accept-encoding': 'identity' } });
    expect(plain.status).toBe(200);
    expect((await server.fetch('/icon.svg')).headers.get('content-type')).toContain('image/svg');
    expect((await server.fetch('/assets/missing.js')).status).toBe(404);
    expect((await server.fetch('/../package.json')).status).not.toBe(500);
  });

  it('comes with a policy that allows nothing foreign, inline or unchecked', async () => {
    const { headers } = await server.fetch('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('may play what this server has and what was recorded just now, and use the microphone for that alone', async () => {
    const { headers } = await server.fetch('/');
    expect(headers.get('content-security-policy')).toContain("; media-src 'self' blob:;");
    expect(headers.get('permissions-policy')).toBe('camera=(), microphone=(self), geolocation=(), payment=(), usb=()');
  });
});

describe('the description of the interface', () => {
  it('has every command that has a route, and names no other', async () => {
    const document = (await (await server.fetch('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const described = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((each) => each.operationId),
    );
    const routed = Object.entries(commands).filter(([, row]) => row.http !== null);
    expect(described.sort()).toEqual(routed.map(([name]) => name).sort());
  });

  it('can be read on a page that loads only what this server has', async () => {
    const page = await (await server.fetch('/api/docs')).text();
    for (const [, address] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(address).toMatch(/^\/api\/docs\//);
      expect((await server.fetch(address ?? '')).status).toBe(200);
    }
  });
});

describe('reading a log over HTTP', () => {
  it('pages with query parameters [L6]', async () => {
    const home = await server.ask('account.home', {}, token);
    const log = `room:${home.rooms[0]?.info.id}` as const;
    const page = await server.ask('log.read', { log, after: 0, limit: 1 }, token);
    expect(page.events).toHaveLength(1);
    expect(page.events[0]).toMatchObject({ seq: 1, event: 'room.created' });
    expect(
      await server.tell('log.read', { log: 'room:01890000-0000-7000-8000-000000000000', after: 0 }, token),
    ).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

describe('watching over the server', () => {
  it('tells life, readiness and figures', async () => {
    expect((await server.fetch('/health/live')).status).toBe(200);
    expect((await server.fetch('/health/ready')).status).toBe(200);
    expect(await (await server.fetch('/metrics')).text()).toContain('confab_connections 0');
  });

  it('tells figures behind a proxy only to whom the proxy itself has seen on this machine', async () => {
    const proxied = await openServer({ trustProxy: true });
    const askedBy = async (forwarded: string) =>
      (await proxied.fetch('/metrics', { headers: { 'x-forwarded-for': forwarded } })).status;
    expect(await askedBy('203.0.113.9')).toBe(404);
    expect(await askedBy('127.0.0.1, 203.0.113.9')).toBe(404);
    expect(await askedBy('203.0.113.9, 127.0.0.1')).toBe(200);
    await proxied.close();
  });

  it('tells figures to nobody without the token where one is set', async () => {
    const guarded = await openServer({ metricsToken: 'figures-please' });
    expect((await guarded.fetch('/metrics')).status).toBe(404);
    const asked = await guarded.fetch('/metrics', { headers: { authorization: 'Bearer figures-please' } });
    expect(asked.status).toBe(200);
    await guarded.close();
  });
});
