import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('what runs beside the database loads no schema library and no password hashing', async () => {
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    await import('@confab/chat/scripts');
    process.stdout.write(JSON.stringify(loaded));
  `;
  const options = { cwd: import.meta.dirname };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], options);
  const loaded = JSON.parse(stdout) as string[];
  expect(loaded.some((url) => url.endsWith('/messages/post-message.ts'))).toBe(true);
  expect(loaded.filter((url) => /typebox|argon2|protocol\/index\.ts/.test(url))).toEqual([]);
});
