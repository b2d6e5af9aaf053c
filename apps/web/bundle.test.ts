import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BundleSizes, bundleSizes } from './bundle-sizes.ts';

const kib = 1024;
const dist = mkdtempSync(join(tmpdir(), 'confab-web-'));
let sizes: BundleSizes;

beforeAll(async () => {
  // Vite builds for development under any other name, and Vitest sets its own.
  vi.stubEnv('NODE_ENV', 'production');
  await build({
    configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
    logLevel: 'error',
    build: { outDir: dist, emptyOutDir: true, manifest: true },
  });
  sizes = bundleSizes(dist);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dist, { recursive: true, force: true });
});

test('the JavaScript for signing in is at most 90 KiB', () => {
  expect(sizes.signIn).toBeGreaterThan(10 * kib);
  expect(sizes.signIn).toBeLessThanOrEqual(90 * kib);
});

test('the JavaScript until the first room shows is at most 156 KiB', () => {
  expect(sizes.firstRoom).toBeGreaterThan(sizes.signIn);
  expect(sizes.firstRoom).toBeLessThanOrEqual(156 * kib);
});

test('the style sheets until the first room shows are at most 30 KiB', () => {
  expect(sizes.css).toBeGreaterThan(kib);
  expect(sizes.css).toBeLessThanOrEqual(30 * kib);
});

/** KaTeX and PDF.js, for rooms in which someone writes a formula or opens a PDF: nothing smaller draws them as well everywhere. KiB. */
const heavier: Readonly<Record<string, number>> = {
  'features/messages/markdown/draw-formula.ts': 80,
  'features/files/pdf-document.ts': 120,
};

test('each part that is loaded later is at most 60 KiB', () => {
  const parts = Object.entries(sizes.later);
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.filter(([name, size]) => size > (heavier[name] ?? 60) * kib)).toEqual([]);
});

test('the page has no inline script or style, and nothing of it comes from elsewhere', () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  expect(page).toContain('<script type="module"');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/);
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
});

test('the page of all parts is left out of the build', () => {
  expect(Object.keys(sizes.later)).not.toContain('design/design-page.tsx');
});
