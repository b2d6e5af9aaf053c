import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerLate } from './answer-late.ts';
import { shifted, watchShifts } from './layout-shift.ts';
import { composer, eventually, type Visitor } from './people.ts';
import { Stage } from './stage.ts';
import { climb, lookAt, movedPx, scrollBy } from './timeline-view.ts';

const devices = [
  { name: 'phone', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  { name: 'desk', viewport: { width: 1_440, height: 900 } },
] as const;

let stage: Stage;
let ada: Visitor;
let general: string;
let short: string;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  const bo = await stage.member('Bo');
  await bo.context.close();
  // Ada posts without looking on: her page would draw it all.
  await ada.page.goto('about:blank');
  const { info } = await firstRoom(ada);
  general = info.id;
  await post(ada, 'before', 80);
  short = await makeShortRoom(info.space);
}, 720_000);

afterAll(() => stage?.close());

/** The only room, as the account's home tells of it. */
async function firstRoom({ context }: Visitor) {
  const home = await (await context.request.get('/api/v1/account/home')).json();
  return home.rooms[0];
}

/** A room whose messages are many lines long and leave most of a screen empty all the same. */
async function makeShortRoom(space: string): Promise<string> {
  const { request } = ada.context;
  const made = await request.post(`/api/v1/spaces/${space}/rooms`, {
    data: { name: 'short', visibility: 'public' },
  });
  const { id } = (await made.json()).room.info;
  const bodies = [1, 2].map(() => ({ text: '- a line of a list\n'.repeat(6), clientId: crypto.randomUUID() }));
  expect(await send(ada, `/api/v1/rooms/${id}/messages`, bodies)).toEqual([200, 200]);
  return id;
}

/** Messages of one to forty lines, so that no guess at their heights is right. */
async function post(from: Visitor, name: string, count: number): Promise<void> {
  const texts = Array.from({ length: count }, (_, index) =>
    index % 9 === 8
      ? `${name}-${index}\n${'- a line of a list\n'.repeat(2 + (index % 38))}`
      : `${name}-${index} ${'some words that may need more than one line '.repeat(index % 5)}`,
  );
  const bodies = texts.map((text) => ({ text, clientId: crypto.randomUUID() }));
  const answers = await send(from, `/api/v1/rooms/${general}/messages`, bodies);
  expect(new Set(answers)).toEqual(new Set([200]));
}

/** Sends one request after the other, each as soon as the server takes it, and returns their statuses. */
async function send({ context }: Visitor, path: string, bodies: readonly object[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const data of bodies) {
    const ask = async () => (await context.request.post(path, { data })).status();
    statuses.push(await eventually(ask, (status) => status !== 429));
  }
  return statuses;
}

describe.each(devices)('on a $name', ({ name, ...options }) => {
  let bo: Visitor;

  beforeAll(async () => {
    bo = await stage.again('Bo', options);
    bo.page.setDefaultTimeout(15_000);
    // What was said so far has been read, so that the first unread message stands far below the beginning.
    const { position } = await firstRoom(ada);
    expect(await send(bo, `/api/v1/rooms/${general}/read`, [{ seq: position.seq }])).toEqual([200]);
    // On a desk the room is open by now, and what is said next would be read.
    await bo.page.goto('about:blank');
    await post(ada, `new-on-${name}`, 30);
  }, 360_000);

  afterAll(() => bo?.context.close());

  async function open(): Promise<void> {
    await bo.page.goto(`/rooms/${general}`);
    await composer(bo.page).waitFor();
    await bo.page.getByRole('article').first().waitFor();
  }

  async function showsAtEnd(words: string): Promise<void> {
    const view = await eventually(
      () => lookAt(bo.page),
      ({ text, belowPx }) => text.includes(words) && belowPx <= 1,
      15_000,
    );
    expect(view.text).toContain(words);
    expect(view.belowPx).toBeLessThanOrEqual(1);
  }

  const jump = () => bo.page.getByRole('button', { name: /^Jump to latest/ });

  test('a room with unread messages opens at the first, under its divider, and is not read yet', async () => {
    await open();
    const view = await lookAt(bo.page);
    expect(view.text).toContain('New messages');
    expect(view.text).toContain(`new-on-${name}-0`);
    expect(view.belowPx).toBeGreaterThan(300);
    await eventually(
      () => jump().innerText(),
      (text) => /\d+ new/.test(text),
    );
    expect(await jump().innerText()).toMatch(/^Jump to latest, \d+ new$/);
  });

  test('jumping to the latest ends exactly at the end, and reads the room', async () => {
    await jump().click();
    await jump().waitFor({ state: 'detached' });
    const view = await lookAt(bo.page);
    expect(view.belowPx).toBeLessThanOrEqual(1);
    expect(view.text).toContain(`new-on-${name}-29`);
    const room = await eventually(
      () => firstRoom(bo),
      ({ membership, position }) => membership.readSeq === position.seq,
    );
    expect(room.membership.readSeq).toBe(room.position.seq);
  });

  test('a room that was read opens exactly at its end, each time', async () => {
    for (let time = 0; time < 2; time += 1) {
      await open();
      const view = await lookAt(bo.page);
      expect(view.belowPx).toBeLessThanOrEqual(1);
      expect(view.text).toContain(`new-on-${name}-29`);
      expect(await jump().count()).toBe(0);
    }
  });

  test('a short room stands at its end at once, and nothing in it moves', async () => {
    expect(await send(bo, `/api/v1/rooms/${short}/join`, [{}])).toEqual([200]);
    const page = await bo.context.newPage();
    await watchShifts(page);
    await page.goto(`/rooms/${short}`);
    await page.getByRole('article').last().waitFor();
    await page.waitForLoadState('networkidle');
    expect((await lookAt(page)).belowPx).toBeLessThanOrEqual(1);
    expect(await shifted(page)).toBeLessThan(0.02);
    await page.close();
  });

  test('what arrives at the end shows there to who is at the end, and again to who comes back to it', async () => {
    await post(ada, `live-on-${name}`, 3);
    await showsAtEnd(`live-on-${name}-2`);
    await scrollBy(bo.page, -500);
    await jump().waitFor();
    await scrollBy(bo.page, 495);
    await jump().waitFor({ state: 'detached' });
    await post(ada, `back-on-${name}`, 3);
    await showsAtEnd(`back-on-${name}-2`);
  });

  test.each([5, 350])('what arrives at the end leaves alone who went up by %d pixels', async (upPx) => {
    await open();
    expect((await lookAt(bo.page)).belowPx).toBeLessThanOrEqual(1);
    await scrollBy(bo.page, -upPx);
    const before = await lookAt(bo.page);
    await post(ada, `above-by-${upPx}-on-${name}`, 3);
    await eventually(
      () => jump().allInnerTexts(),
      ([text]) => text === 'Jump to latest, 3 new',
      15_000,
    );
    const after = await lookAt(bo.page);
    expect(movedPx(before, after)).toBeLessThanOrEqual(1);
    expect(await jump().innerText()).toBe('Jump to latest, 3 new');
    await jump().click();
    await showsAtEnd(`above-by-${upPx}-on-${name}-2`);
  });

  /** Goes up from the end to the beginning of the room. */
  async function climbAll(screens: number): Promise<void> {
    await open();
    expect((await lookAt(bo.page)).belowPx).toBeLessThanOrEqual(1);
    const climbed = await climb(bo.page, screens);
    expect(climbed.arrived).toBe(true);
    // Pages were loaded on the way: a list that does not hold its place would have moved by their heights.
    expect(climbed.grewPx).toBeGreaterThan(1_000);
    expect(climbed.offPx, climbed.at).toBeLessThan(0.5);
  }

  test.each([0.5, 0.85])(
    'what loads above moves nothing by even a pixel, %d screens at a time up to the beginning',
    (screens) => climbAll(screens),
  );

  test('what loads above moves nothing either when it comes late, to who waits for it at the top', async () => {
    await answerLate(bo.page, '"earlier":', 300);
    await climbAll(0.85);
  });
});
