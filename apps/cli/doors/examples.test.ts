import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { JourneyBed } from './journey-bed.ts';

const page = await readFile(new URL('../../../docs/doors.md', import.meta.url), 'utf8');
const run = promisify(execFile);
const maxLines = 15;

interface Example {
  readonly door: string;
  readonly language: 'js' | 'sh';
  readonly code: string;
}

/** The runnable blocks of the page, each with the heading that it stands under. */
const examples: Example[] = page.split(/^## /m).flatMap((section) => {
  const [door = ''] = section.split('\n');
  return [...section.matchAll(/^```(js|sh)\n(.*?)^```$/gms)].map(([, language, code]) => ({
    door,
    language: language as 'js' | 'sh',
    code: code ?? '',
  }));
});

let bed: JourneyBed;
let folder: string;
beforeAll(async () => {
  bed = await JourneyBed.open(0);
  // Inside the project, so that the clients are found.
  folder = await mkdtemp(join(import.meta.dirname, 'example-'));
}, 720_000);
afterAll(async () => {
  await bed?.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(examples)('the example for $door', ({ door, language, code }) => {
  test(`has at most ${maxLines} lines`, () => {
    expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(maxLines);
  });

  test('runs as it is written', async () => {
    const room = await bed.room();
    const target = bed.target(await bed.person(room), room);
    const env = {
      ...process.env,
      CONFAB_URL: target.url,
      CONFAB_TOKEN: target.token,
      CONFAB_ROOM: room,
      CONFAB_WEBHOOK: await bed.webhook(room),
    };
    const file = join(folder, `${randomUUID()}.${language === 'js' ? 'mjs' : 'sh'}`);
    await writeFile(file, code);
    const program = language === 'js' ? process.execPath : 'bash';
    const { stdout } = await run(program, [file], { env, timeout: 20_000 });
    expect(stdout).toContain(`Hello from ${door}`);
    expect((await bed.posted(room)).map(({ text }) => text)).toEqual([`Hello from ${door}`]);
  });
});
