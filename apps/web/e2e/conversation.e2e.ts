import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composer, eventually, fillAccount, invite, openRoom, say, setUp, spoken, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.visitor();
  bo = await stage.visitor();
}, 720_000);

afterAll(() => stage?.close());

const numbered = (name: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${name}-${from + index}`);

/** Both timelines, once each shows as many words as were said. */
async function timelines(count: number, pages: readonly Page[]): Promise<string[][]> {
  return Promise.all(
    pages.map((page) =>
      eventually(
        () => spoken(page),
        (words) => words.length >= count,
      ),
    ),
  );
}

test('the first person sets the place up, invites a second, and they talk both ways', async () => {
  await setUp(ada.page, 'Ada', 'Joinery');
  const link = await invite(ada.page);
  await bo.page.goto(link);
  await bo.page.getByRole('heading', { name: 'Join Joinery' }).waitFor();
  expect(await bo.page.getByText('Ada invites you').count()).toBe(1);
  await fillAccount(bo.page, 'Bo');
  await bo.page.getByRole('button', { name: 'Create account and join' }).click();
  await openRoom(ada.page, 'general');
  await openRoom(bo.page, 'general');
  await say(ada.page, 'ada-1');
  await timelines(1, [bo.page]);
  await say(bo.page, 'bo-1');
  expect(await timelines(2, [ada.page, bo.page])).toEqual([
    ['ada-1', 'bo-1'],
    ['ada-1', 'bo-1'],
  ]);
}, 360_000);

test('[L1] [L2] [L7] the server is killed in the middle of the talk, and each word is there once, in one order', async () => {
  for (let index = 2; index <= 5; index += 1) {
    await say(ada.page, `ada-${index}`);
    await say(bo.page, `bo-${index}`);
  }
  await stage.server.kill();
  for (let index = 6; index <= 9; index += 1) {
    await say(ada.page, `ada-${index}`);
    await say(bo.page, `bo-${index}`);
  }
  await stage.server.comeBack();
  await say(ada.page, 'ada-10');
  await say(bo.page, 'bo-10');
  const [left = [], right = []] = await timelines(20, [ada.page, bo.page]);
  expect(left.filter((word) => word.startsWith('ada'))).toEqual(numbered('ada', 1, 10));
  expect(left.filter((word) => word.startsWith('bo'))).toEqual(numbered('bo', 1, 10));
  expect(right).toEqual(left);
  const unsent = ada.page.getByRole('img', { name: /Waiting to be sent|Being sent/ });
  expect(
    await eventually(
      () => unsent.count(),
      (count) => count === 0,
    ),
  ).toBe(0);
}, 360_000);

test('[L2] what was written while the server was away, in a tab that was closed, arrives once when it is opened', async () => {
  await stage.server.kill();
  for (let index = 11; index <= 13; index += 1) await say(bo.page, `bo-${index}`);
  expect(await bo.page.getByRole('img', { name: 'Waiting to be sent' }).count()).toBe(3);
  const address = bo.page.url();
  await bo.page.close();
  await stage.server.comeBack();
  bo.page = await bo.context.newPage();
  await bo.page.goto(address);
  await composer(bo.page).waitFor();
  const [left = [], right = []] = await timelines(23, [ada.page, bo.page]);
  expect(left.slice(-3)).toEqual(numbered('bo', 11, 13));
  expect(left).toHaveLength(23);
  expect(right).toEqual(left);
}, 360_000);

test('a reload shows the same conversation, and nobody’s page complained', async () => {
  await ada.page.reload();
  const [words = []] = await timelines(23, [ada.page]);
  expect(words).toHaveLength(23);
  expect(new Set(words).size).toBe(23);
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 180_000);
