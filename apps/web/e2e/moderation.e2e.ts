import { afterAll, beforeAll, expect, test } from 'vitest';
import { composer, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo');
  await openRoom(ada.page, 'general');
  await openRoom(bo.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

test('a message is reported, its author muted and told why, and what was done stands in the record', async () => {
  await say(bo.page, 'Buy my glue');
  const message = ada.page.getByRole('article').filter({ hasText: 'Buy my glue' });
  await message.hover();
  await message.getByRole('button', { name: 'More actions' }).click();
  await ada.page.getByRole('menuitem', { name: 'Report to moderators' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Report', exact: true }).click();

  await ada.page.getByRole('button', { name: /1 report waits$/ }).click();
  await ada.page.getByText('Advertising or spam').waitFor();
  await ada.page.getByRole('button', { name: 'Decide' }).click();
  const decide = ada.page.getByRole('dialog', { name: 'Decide about this report' });
  await decide.getByLabel('Decision').selectOption('Mute the author');
  await decide.getByLabel('Reason').fill('No advertising here.');
  await decide.getByRole('button', { name: 'Decide' }).click();
  await ada.page.getByText('Nothing waits').waitFor();

  for (const title of ['A moderator deleted a message of yours', 'A moderator muted you']) {
    const note = bo.page.getByRole('dialog', { name: title });
    await note.getByText('No advertising here.').waitFor();
    await note.getByRole('button', { name: 'I have read this' }).click();
  }
  await bo.page.getByText(/A moderator muted you in this space until/).waitFor();
  expect(await composer(bo.page).count()).toBe(0);

  await ada.page
    .getByRole('dialog', { name: 'Your report was decided' })
    .getByRole('button', { name: 'I have' })
    .click();
  await ada.page.getByRole('tab', { name: 'Record' }).click();
  await ada.page
    .getByRole('listitem')
    .filter({ hasText: /Ada muted Bo.*No advertising here/s })
    .waitFor();
  await ada.page.getByRole('tab', { name: 'Muted and banned' }).click();
  await ada.page.getByRole('button', { name: 'Unmute' }).click();
  await bo.page.getByRole('dialog', { name: 'You can write again' }).getByRole('button', { name: 'I have' }).click();
  await composer(bo.page).waitFor();
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 180_000);
