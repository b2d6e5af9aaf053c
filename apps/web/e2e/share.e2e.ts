import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chip } from './attach.ts';
import { composer } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, 720_000);

afterAll(() => stage?.close());

/** As a phone does when somebody chooses this app in another one’s “Share”. */
async function share(page: Page, text: string, files: readonly string[]): Promise<void> {
  await page.evaluate(
    ([said, names]) => {
      const form = document.createElement('form');
      Object.assign(form, { action: '/share', method: 'post', enctype: 'multipart/form-data' });
      const field = (name: string, type: string) => {
        const input = Object.assign(document.createElement('input'), { name, type, multiple: true });
        form.append(input);
        return input;
      };
      field('text', 'text').value = said;
      const data = new DataTransfer();
      for (const name of names) data.items.add(new File([name], name, { type: 'text/plain' }));
      field('files', 'file').files = data.files;
      document.body.append(form);
      form.submit();
    },
    [text, files] as const,
  );
}

test('what another program shares asks for its room, and waits there to be sent', async () => {
  const { page, complaints } = await stage.founder('Ada', { serviceWorkers: 'allow' });
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
  await share(page, 'From the saw mill', ['Boards – März.txt', 'prices.txt']);
  const files = page.getByRole('list', { name: 'Shared files' }).getByRole('listitem');
  await files.filter({ hasText: 'prices.txt' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/share');
  await page.getByRole('region', { name: 'Where to?' }).getByRole('button', { name: 'general' }).click();
  await chip(page, 'Boards – März.txt').waitFor();
  await chip(page, 'prices.txt').waitFor();
  expect(await composer(page).inputValue()).toBe('From the saw mill');

  await page.goto('/share');
  await page.getByRole('heading', { name: 'Nothing was shared' }).waitFor();
  expect(complaints).toEqual([]);
}, 180_000);
