import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileTexts } from './hostile-texts.ts';
import { eventually } from './people.ts';
import { Stage } from './stage.ts';

const dist = mkdtempSync(join(tmpdir(), 'confab-hostile-'));
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
  await build({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: {
      outDir: dist,
      emptyOutDir: true,
      rolldownOptions: {
        input: fileURLToPath(new URL('hostile-page.tsx', import.meta.url)),
        output: { entryFileNames: 'assets/page.js' },
      },
    },
  });
}, 720_000);

afterAll(async () => {
  await stage?.close();
  rmSync(dist, { recursive: true, force: true });
});

/** A page of which is known what ran in it and what its policy refused. */
async function watchedPage(): Promise<Page> {
  const page = await stage.browser.newPage();
  await page.addInitScript(() => {
    const told = { hits: 0, refused: [] as string[] };
    Object.assign(globalThis, { told, hit: () => (told.hits += 1) });
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      told.refused.push(`${effectiveDirective} ${blockedURI}`),
    );
  });
  return page;
}

const told = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { told: { hits: number; refused: string[] } }).told);

/** What no message may hold, by the index of its text. */
function findings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const drawn = /^(div|p|span|a|code|pre|blockquote|[uo]l|li|table|thead|tbody|tr|t[hd]|hr|br|strong|em|s|button)$/;
    const pictures = /^(svg|use|path|rect|line|circle|polyline)$/;
    const inFormula = /^(math|semantics|annotation|m[a-z]+)$/;
    const isDrawn = (element: Element) => {
      const name = element.localName;
      if (drawn.test(name)) return true;
      const formula = element.closest('.katex') !== null;
      return pictures.test(name) ? formula || element.closest('svg.lucide') !== null : formula && inFormula.test(name);
    };
    const isKept = (element: Element, { name, value }: Attr) => {
      if (/^(on|xlink:|src|action|formaction|data$|poster|background|ping|id$|name$)/.test(name)) return false;
      if (name === 'href' && element.localName === 'use') return /^\/assets\/icons-[\w-]+\.svg#[A-Z]\w*$/.test(value);
      if (name === 'href') return element.localName === 'a' && /^(https?|mailto):/.test(value);
      if (name === 'style') return !/url|expression|javascript/i.test(value);
      return true;
    };
    return [...document.querySelectorAll('section')].flatMap((section) =>
      [...section.querySelectorAll('*')].flatMap((element) => [
        ...(isDrawn(element) ? [] : [`${section.dataset.index} <${element.localName}>`]),
        ...[...element.attributes]
          .filter((attribute) => !isKept(element, attribute))
          .map(({ name, value }) => `${section.dataset.index} ${element.localName} ${name}=${value}`),
      ]),
    );
  });
}

test('there are more than a thousand of them', () => {
  expect(hostileTexts.length).toBeGreaterThanOrEqual(1_000);
});

test('drawn as HTML without a policy, they run, and what they leave behind is found', async () => {
  const page = await watchedPage();
  await page.goto('about:blank');
  await page.evaluate(
    (pieces) => {
      for (const [index, html] of pieces.entries()) {
        const section = document.createElement('section');
        section.dataset.index = String(index);
        section.innerHTML = html;
        document.body.append(section);
      }
    },
    hostileTexts.map((text) => marked.parse(text, { async: false })),
  );
  const { hits } = await eventually(
    () => told(page),
    (seen) => seen.hits > 100,
    10_000,
  );
  expect(hits).toBeGreaterThan(100);
  const found = new Set((await findings(page)).map((finding) => finding.split(' ')[0]));
  expect(found.size).toBeGreaterThan(800);
  await page.close();
}, 180_000);

test('drawn as messages under the server’s own policy, none runs, leads astray or is even tried', async () => {
  const page = await watchedPage();
  const headers = Object.fromEntries((await fetch(stage.server.url)).headers);
  expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
  const body = '<!doctype html><title>a</title><body><script type="module" src="/assets/page.js"></script></body>';
  await page.route(`${stage.server.url}/hostile`, (route) =>
    route.fulfill({ contentType: 'text/html', body, headers: { ...headers, 'content-encoding': 'identity' } }),
  );
  await page.route(`${stage.server.url}/assets/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    const contentType = path.endsWith('.css') ? 'text/css' : path.endsWith('.js') ? 'text/javascript' : 'font/woff2';
    return route.fulfill({ contentType, body: readFileSync(join(dist, path)) });
  });
  await page.goto(`${stage.server.url}/hostile`);
  // Colours and formulas come when their parts are loaded.
  await page.locator('[data-code]').first().waitFor({ state: 'attached' });
  await page.locator('.katex').first().waitFor({ state: 'attached' });
  expect(await page.locator('section').count()).toBe(hostileTexts.length);
  await page.evaluate(() => {
    for (const spoiler of document.querySelectorAll<HTMLElement>('button[aria-label="Show the spoiler"]'))
      spoiler.click();
  });
  expect(await findings(page)).toEqual([]);
  expect(await told(page)).toEqual({ hits: 0, refused: [] });
  await page.close();
}, 180_000);
