import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { composer, openRoom, type Visitor } from './people.ts';
import { post } from './send-files.ts';
import { Stage } from './stage.ts';

/**
 * `node apps/web/e2e/readme-pictures.ts`: the pictures of the README, a conversation on the real server in both themes.
 * Emoji are drawn with a font of the machine; on Debian: apt-get install fonts-noto-color-emoji.
 */
const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const size = { width: 1_440, height: 1_020 } as const;

/** A bench from the front and from the side, as its maker would draw it. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="640" font-family="sans-serif">
  <rect width="1200" height="640" fill="#f6efe3"/>
  <g stroke="#d9cdb8"><path d="M0 160H1200M0 320H1200M0 480H1200M200 0V640M400 0V640M600 0V640M800 0V640M1000 0V640"/></g>
  <g fill="#e0b985" stroke="#6b4a2b" stroke-width="4">
    <path d="M90 230H710V262H90Z"/><path d="M130 262H166L150 520H122Z"/><path d="M634 262H670L678 520H650Z"/>
    <path d="M160 300H640V330H160Z"/><path d="M146 440H654V460H146Z"/>
    <path d="M850 230H1090V262H850Z"/><path d="M872 262H908L888 520H860Z"/><path d="M1032 262H1068L1080 520H1052Z"/>
    <path d="M896 440H1044V460H896Z"/>
  </g>
  <g stroke="#6b4a2b" stroke-width="2" fill="none">
    <path d="M110 242C260 236 300 256 420 244S610 250 690 242M110 252C240 248 330 258 470 252S620 256 690 252"/>
    <path d="M90 180V210M710 180V210M90 195H710M850 180V210M1090 180V210M850 195H1090M770 230H800M770 520H800M785 230V520"/>
  </g>
  <g fill="#6b4a2b" font-size="26" text-anchor="middle">
    <text x="400" y="180">1400</text><text x="970" y="180">380</text><text x="785" y="570">450</text>
    <text x="600" y="70" font-size="34">Bench for the reading corner, ash</text>
  </g>
</svg>`;

const cutList = `<h1>Cut list</h1><table border="1" cellpadding="8" style="border-collapse:collapse;font:20px sans-serif">
  <tr><th>Part</th><th>Pieces</th><th>Length</th><th>Width</th></tr>
  <tr><td>Seat</td><td>2</td><td>1400</td><td>190</td></tr><tr><td>Legs</td><td>4</td><td>420</td><td>60</td></tr>
  <tr><td>Rails</td><td>2</td><td>1120</td><td>60</td></tr><tr><td>Stretchers</td><td>3</td><td>1160</td><td>40</td></tr>
</table>`;

async function drawn(browser: Browser): Promise<{ picture: Buffer; document: Buffer }> {
  const page = await browser.newPage({ viewport: { width: 1_200, height: 640 } });
  await page.setContent(`<style>body { margin: 0 }</style>${drawing}`);
  const picture = await page.screenshot();
  await page.setContent(cutList);
  const document = await page.pdf({ format: 'A4' });
  await page.close();
  return { picture, document };
}

/** Asks the server in somebody's name. */
async function ask({ page, context }: Visitor, method: string, path: string, data: object = {}) {
  const headers = { origin: new URL(page.url()).origin };
  const answer = await context.request.fetch(`/api/v1${path}`, { method, headers, data });
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

async function talk(stage: Stage): Promise<Visitor> {
  const ada = await stage.founder('Ada', { viewport: size }, 'Joinery');
  const [bo, cleo, dan] = [await stage.member('Bo'), await stage.member('Cleo'), await stage.member('Dan')];
  const { spaces } = await ask(ada, 'GET', '/account/home');
  const make = async (name: string, topic: string, visibility = 'public') => {
    const made = await ask(ada, 'POST', `/spaces/${spaces[0].id}/rooms`, { name, topic, visibility });
    const { id } = made.room.info;
    if (visibility === 'private') return id as string;
    for (const member of [bo, cleo, dan]) await ask(member, 'POST', `/rooms/${id}/join`);
    return id as string;
  };
  const [design, orders, workshop] = [
    await make('design', 'Drawings, colours, wood'),
    await make('orders', 'What is asked for, and by when'),
    await make('workshop', 'Who is at which machine'),
  ];
  await make('accounts', 'Bills and wages', 'private');
  const say = (who: Visitor, text: string, room = design, more = {}) =>
    ask(who, 'POST', `/rooms/${room}/messages`, { clientId: randomUUID(), text, ...more });
  const react = (who: Visitor, message: string, emoji: string) =>
    ask(who, 'PUT', `/messages/${message}/reactions/${encodeURIComponent(emoji)}`);
  const { picture, document } = await drawn(stage.browser);

  await say(cleo, 'The kerf is in now, `lengthOf` was short by one cut for each board:');
  await say(
    cleo,
    '```ts\nexport function lengthOf(boards: readonly Board[]): number {\n  return boards.reduce((sum, { mm }) => sum + mm + 3, 0);\n}\n```',
  );
  await say(bo, 'The library wants its bench by the *end of the month*. I drew it after what we said on Monday:');
  const bench = await post(bo, design, 'What do you think of the legs?', [{ name: 'Bench.png', bytes: picture }]);
  for (const who of [ada, cleo, dan]) await react(who, bench, '😍');
  for (const who of [ada, dan]) await react(who, bench, '🪵');
  await say(cleo, 'Lovely. Could the stretcher sit a little lower?', design, { thread: bench });
  await say(bo, 'It can, by 40 mm.', design, { thread: bench });
  await post(dan, design, 'And what it takes:', [{ name: 'Cut list.pdf', bytes: document }]);
  const poll = await ask(dan, 'POST', `/rooms/${design}/polls`, {
    clientId: randomUUID(),
    text: 'When do we glue up?',
    poll: { options: ['Friday afternoon', 'Saturday at nine'] },
  });
  for (const [who, choice] of [
    [ada, 1],
    [bo, 1],
    [cleo, 1],
    [dan, 0],
  ] as const) {
    await ask(who, 'PUT', `/messages/${poll.id}/vote`, { choices: [choice] });
  }
  await say(bo, 'Saturday then. @ada brings the clamps?');
  await openRoom(ada.page, 'design');
  await ada.page.getByRole('button', { name: 'Jump to latest' }).click();
  await ada.page.getByText('brings the clamps').waitFor();
  await say(ada, 'All **twelve** of them. 💪');
  await ada.page.getByText('twelve').waitFor();
  const asked = ['Two chairs for the school', 'Ash, not oak', 'They can wait until May'];
  for (const text of asked) await say(cleo, text, orders);
  await say(dan, '@ada the planer is free after lunch', workshop);
  const { room } = await ask(ada, 'POST', '/directs', { users: [(await ask(bo, 'GET', '/account/home')).me.id] });
  await say(bo, 'Coffee?', room.info.id);
  return ada;
}

const stage = await Stage.open();
try {
  const { page } = await talk(stage);
  await page.getByText('1 page').waitFor();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await composer(page).click();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${folder}conversation-${theme}.png` });
  }
} finally {
  await stage.close();
  await stage.browser.close();
}
