import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '@confab/web/e2e/browser';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inhabitant } from '../load/population.ts';
import { type TwoPeople, twoPeople, until } from './testing/two-people.ts';

/**
 * Browsers hide the machine's addresses behind names that only a network with multicast resolves, and let pages that
 * did not come over the network, as those of a test, not speak to this machine.
 */
const switches = ['--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks'];

const docs = await readFile(new URL('../../../docs/doors.md', import.meta.url), 'utf8');
/** The page's example, as it is written. */
const example = /^## WebRTC data channel\n.*?^```ts\n(?<code>.*?)^```$/ms.exec(docs)?.groups?.code ?? '';
const exampleFile = fileURLToPath(new URL('example-of-the-docs.ts', import.meta.url));
const examplePage = '<!doctype html><meta charset="utf-8"><body><script type="module" src="/e2e/example.js"></script>';

const page = `<!doctype html><meta charset="utf-8"><script type="module">
  import { createConfab } from '/e2e/client.js';
  import { createPeers } from '/e2e/peers.js';
  window.heard = [];
  window.asked = [];
  window.enter = async (token, room) => {
    const confab = createConfab({ url: location.origin, token });
    const call = confab.call.bind(confab);
    confab.call = (name, params) => {
      asked.push(params.kind ?? name);
      return call(name, params);
    };
    confab.start();
    const peers = createPeers(confab, room);
    peers.onMessage(({ data, reliable, from }) => heard.push({ data, reliable, state: from.state }));
    Object.assign(window, { confab, peers });
    await peers.announced;
  };
  document.title = 'ready';
</script>`;

let people: TwoPeople;
let browser: Browser;
const modules = new Map<string, string>();

beforeAll(async () => {
  people = await twoPeople();
  browser = await launchBrowser(switches);
  const entry = (module: string) => fileURLToPath(import.meta.resolve(module));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'example-of-the-docs',
        resolveId: (id: string) => (id === exampleFile ? id : undefined),
        load: (id: string) => (id === exampleFile ? example : undefined),
      },
    ],
    build: {
      write: false,
      lib: {
        entry: { client: entry('@confab/client'), peers: entry('@confab/client/peers'), example: exampleFile },
        formats: ['es'],
      },
    },
  });
  for (const { output } of built as { output: { type: string; fileName: string; code?: string }[] }[]) {
    for (const { fileName, code } of output) if (code !== undefined) modules.set(fileName, code);
  }
});
afterAll(async () => {
  await browser?.close();
  await people?.close();
});

/** A page of the server's own origin, in a browser in which the person is signed in. */
async function visit({ token }: Inhabitant, name: string, { rtc = true } = {}): Promise<Page> {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'confab_session', value: token, url: people.url, httpOnly: true }]);
  const opened = await context.newPage();
  await opened.route(`${people.url}/e2e/**`, (route) => {
    const asked = new URL(route.request().url()).pathname.slice('/e2e/'.length);
    const code = modules.get(asked);
    const html = asked === 'example.html' ? examplePage : page;
    const [contentType, body] = code === undefined ? ['text/html', html] : ['text/javascript', code];
    return route.fulfill({ contentType, body });
  });
  if (!rtc) await opened.addInitScript('delete window.RTCPeerConnection;');
  await opened.goto(`${people.url}/e2e/${name}`);
  return opened;
}

/** The same, and the person enters the room. */
async function enter(person: Inhabitant, options?: { rtc: boolean }): Promise<Page> {
  const opened = await visit(person, 'page.html', options);
  await until(
    async () => (await opened.title()) === 'ready',
    () => 'the page does not run',
  );
  await opened.evaluate(`enter(${JSON.stringify(person.token)}, ${JSON.stringify(people.room)})`);
  return opened;
}

const statesIn = (opened: Page): Promise<string[]> => opened.evaluate('peers.list.get().map(({ state }) => state)');
const heardIn = (opened: Page): Promise<{ data: unknown; reliable: boolean; state: string }[]> =>
  opened.evaluate('heard');

async function untilState(opened: Page, state: string): Promise<void> {
  await until(
    async () => JSON.stringify(await statesIn(opened)) === JSON.stringify([state]),
    () => statesIn(opened),
  );
}

/** Each sends the other 50 reliable messages at once, and pointers until one arrives. */
async function talk(one: Page, other: Page): Promise<void> {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    await from.evaluate('for (let n = 1; n <= 50; n += 1) peers.send({ n })');
    await until(
      async () => {
        await from.evaluate(`peers.send({ x: 1, y: 2 }, { reliable: false })`);
        const heard = await heardIn(to);
        return heard.some(({ reliable }) => !reliable) && heard.filter(({ reliable }) => reliable).length >= 50;
      },
      () => heardIn(to),
    );
    const reliable = (await heardIn(to)).filter((each) => each.reliable).map(({ data }) => data);
    expect(reliable).toEqual(Array.from({ length: 50 }, (_, index) => ({ n: index + 1 })));
  }
}

/** Whether a page asked the server to pass messages on. */
const relays = (opened: Page): Promise<boolean> => opened.evaluate(`asked.includes('data')`);

describe('two browsers in a room', () => {
  test('[P4] meet directly and exchange reliable and unreliable messages', async () => {
    const [ada, ben] = [await enter(people.ada), await enter(people.ben)];
    await Promise.all([untilState(ada, 'direct'), untilState(ben, 'direct')]);
    await talk(ada, ben);
    expect((await heardIn(ben)).every(({ state }) => state === 'direct')).toBe(true);
    expect([await relays(ada), await relays(ben)]).toEqual([false, false]);
    await ben.evaluate('peers.close()');
    await until(
      async () => (await statesIn(ada)).length === 0,
      () => statesIn(ada),
    );
    await Promise.all([ada.close(), ben.close()]);
  });

  test('[P4] go through the server when one of them has no WebRTC', async () => {
    const [ada, ben] = [await enter(people.ada), await enter(people.ben, { rtc: false })];
    await Promise.all([untilState(ada, 'relayed'), untilState(ben, 'relayed')]);
    await talk(ada, ben);
    expect((await heardIn(ben)).every(({ state }) => state === 'relayed')).toBe(true);
    expect([await relays(ada), await relays(ben)]).toEqual([true, true]);
    await Promise.all([ada.close(), ben.close()]);
  });

  test('of one person are in touch as those of two are', async () => {
    const [desk, phone] = [await enter(people.ada), await enter(people.ada)];
    await Promise.all([untilState(desk, 'direct'), untilState(phone, 'direct')]);
    await desk.evaluate(`peers.send('copied')`);
    await until(
      async () => (await heardIn(phone)).length === 1,
      () => heardIn(phone),
    );
    await Promise.all([desk.close(), phone.close()]);
  });

  test('do as the example of the documentation, as it is written', async () => {
    const [ada, ben] = [
      await visit(people.ada, `example.html#${people.room}`),
      await visit(people.ben, `example.html#${people.room}`),
    ];
    await until(
      async () => (await ada.title()) === 'direct' && (await ben.title()) === 'direct',
      () => Promise.all([ada.title(), ben.title()]),
    );
    await ada.mouse.click(10, 10);
    await until(
      async () => (await ben.textContent('body'))?.includes('Hello from WebRTC') ?? false,
      () => ben.content(),
    );
    await Promise.all([ada.close(), ben.close()]);
  });
});
