import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '@confab/web/e2e/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inhabitant } from '../load/population.ts';
import { Cable, PageServer } from './testing/page-server.ts';
import { type TwoPeople, twoPeople, until } from './testing/two-people.ts';

/** Browsers hide the machine's addresses behind names that only a network with multicast resolves. */
const switches = ['--disable-features=WebRtcHideLocalIpsWithMdns'];

const docs = await readFile(new URL('../../../docs/doors.md', import.meta.url), 'utf8');
const example = /^## PeerJS\n.*?^```html\n(?<page>.*?)^```$/ms.exec(docs)?.groups?.page ?? '';
const client = await readFile(fileURLToPath(import.meta.resolve('peerjs/dist/peerjs.min.js')), 'utf8');

/** The unmodified client, as its documentation shows it; what it says and hears is kept for the test. */
const page = `<!doctype html><meta charset="utf-8"><script src="/peerjs.min.js"></script><script>
  window.heard = [];
  window.told = [];
  window.links = new Map();
  const talk = (link) => {
    links.set(link.peer, link);
    link.on('data', (data) => heard.push(data));
  };
  window.open_ = (id, port, token) => new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: '/', config: { iceServers: [] }, ...(token && { token }) };
    window.peer = id ? new Peer(id, options) : new Peer(options);
    peer.on('open', (given) => { told.push('open'); resolve(given); });
    peer.on('connection', talk);
    peer.on('disconnected', () => told.push('disconnected'));
    peer.on('error', ({ type }) => { told.push(type); resolve(type); });
  });
  window.connect_ = (id) => new Promise((resolve) => {
    const link = peer.connect(id, { reliable: true });
    link.on('open', () => { talk(link); resolve('open'); });
    peer.on('error', ({ type }) => resolve(type));
  });
  document.title = 'ready';
</script>`;

let people: TwoPeople;
let site: PageServer;
let cable: Cable;
let browser: Browser;

beforeAll(async () => {
  site = await PageServer.open();
  people = await twoPeople({ CONFAB_ORIGINS: site.origin });
  cable = await Cable.to(people.url);
  browser = await launchBrowser(switches);
  site.files.set('/page.html', { type: 'text/html', body: page });
  site.files.set('/peerjs.min.js', { type: 'text/javascript', body: client });
  const shown = example
    .replace('https://unpkg.com/peerjs@1.5.5/dist/peerjs.min.js', '/peerjs.min.js')
    .replace('http://localhost:3000', people.url);
  site.files.set('/example.html', { type: 'text/html', body: shown });
});
afterAll(async () => {
  await browser?.close();
  cable?.close();
  await people?.close();
  site?.close();
});

/** A page of the other site, in a browser in which the person is signed in, or not. */
async function visit(person: Inhabitant | null, path = '/page.html'): Promise<Page> {
  const context = await browser.newContext();
  if (person) {
    await context.addCookies([
      { name: 'confab_session', value: person.token, domain: '127.0.0.1', path: '/', httpOnly: true, sameSite: 'Lax' },
    ]);
  }
  const opened = await context.newPage();
  await opened.goto(site.origin + path);
  return opened;
}

const run = <T>(opened: Page, name: string, ...given: unknown[]): Promise<T> =>
  opened.evaluate(`${name}(${given.map((each) => JSON.stringify(each) ?? 'undefined').join(', ')})`);

async function untilIn(opened: Page, condition: string): Promise<void> {
  await until(
    () => opened.evaluate<boolean>(condition),
    () => opened.evaluate('[told, heard]'),
  );
}

const portOf = (url: string): number => Number(new URL(url).port);

describe('the unmodified PeerJS client in two browsers', () => {
  test('with ids that the server gave connects and exchanges data, signed in by cookie', async () => {
    const [ada, ben] = [await visit(people.ada), await visit(people.ben)];
    await run(ada, 'open_', null, portOf(people.url));
    const id = await run<string>(ben, 'open_', null, portOf(people.url));
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await run(ada, 'connect_', id)).toBe('open');
    await ada.evaluate(`links.get(${JSON.stringify(id)}).send({ text: 'hello', bytes: new Uint8Array([1, 2, 3]) })`);
    await untilIn(ben, 'heard.length === 1');
    expect(await ben.evaluate('[heard[0].text, [...new Uint8Array(heard[0].bytes)]]')).toEqual(['hello', [1, 2, 3]]);
    await ben.evaluate(`[...links.values()][0].send('back')`);
    await untilIn(ada, `heard[0] === 'back'`);
    await Promise.all([ada.close(), ben.close()]);
  });

  test('signs in by token where there is no cookie, and is told where there is neither', async () => {
    const [nobody, ada] = [await visit(null), await visit(null)];
    expect(await run(nobody, 'open_', 'nobody', portOf(people.url))).toBe('server-error');
    expect(await run(ada, 'open_', 'by-token', portOf(people.url), people.ada.token)).toBe('by-token');
    await Promise.all([nobody.close(), ada.close()]);
  });

  test('hears that an id is taken, and that nobody has one', async () => {
    const [ada, ben] = [await visit(people.ada), await visit(people.ben)];
    expect(await run(ada, 'open_', 'mine', portOf(people.url))).toBe('mine');
    expect(await run(ben, 'open_', 'mine', portOf(people.url))).toBe('unavailable-id');
    expect(await run(ada, 'connect_', 'no-such-id')).toBe('peer-unavailable');
    await Promise.all([ada.close(), ben.close()]);
  });

  test('keeps talking while its signalling is cut, and is found again when it has come back', async () => {
    const [ada, ben] = [await visit(people.ada), await visit(people.ben)];
    await run(ada, 'open_', 'cut-off', cable.port);
    await run(ben, 'open_', 'other', portOf(people.url));
    expect(await run(ben, 'connect_', 'cut-off')).toBe('open');
    cable.cut();
    await untilIn(ada, `told.includes('disconnected')`);
    await ben.evaluate(`links.get('cut-off').send('still there?')`);
    await untilIn(ada, `heard.includes('still there?')`);
    cable.mend();
    await ada.evaluate('peer.reconnect()');
    await untilIn(ada, `told.at(-1) === 'open' && peer.id === 'cut-off'`);
    expect(await run(ben, 'connect_', 'cut-off')).toBe('open');
    await ben.evaluate(`links.get('cut-off').send('again')`);
    await untilIn(ada, `heard.includes('again')`);
    await Promise.all([ada.close(), ben.close()]);
  });

  test('does as the page of the documentation, as it is written', async () => {
    expect(example.split('\n').length).toBeLessThanOrEqual(16);
    const [ada, ben] = [await visit(people.ada, '/example.html'), await visit(people.ben, '/example.html')];
    await until(
      async () => (await ben.title()) !== '',
      () => ben.content(),
    );
    await ada.evaluate(`say(${JSON.stringify(await ben.title())})`);
    await until(
      async () => (await ben.textContent('body'))?.includes('Hello from PeerJS') ?? false,
      () => ben.content(),
    );
    await Promise.all([ada.close(), ben.close()]);
  });
});
