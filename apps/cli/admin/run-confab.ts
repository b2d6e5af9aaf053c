import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What `npm run confab -- <command>` does, in a process of its own. Resolves to what it said; rejects when it fails. */
export async function runConfab(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, ...env },
  });
  return stdout;
}

/** The rows and the hash that it said last. */
export function holdingsIn(said: string): { rows: number; sha256: string } {
  const found = [...said.matchAll(/^([\d,]+) rows in .*; SHA-256 ([0-9a-f]{64})\.$/gm)].at(-1);
  if (found === undefined) throw new Error(`It does not say what is held:\n${said}`);
  return { rows: Number(found[1]?.replaceAll(',', '')), sha256: found[2] ?? '' };
}
