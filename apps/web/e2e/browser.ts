import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const macPath = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const advice =
  'These tests need Chromium or Chrome. Install it (on Debian: apt-get install chromium), or set CHROME_PATH to it.';

/** Everything that would make a browser talk to anyone but the server under test is off. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Starts the browser that is installed, with further switches; as root on Debian installs one first. */
export function launchBrowser(switches: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser() ?? installBrowser(), args: [...args, ...switches] });
}

/** Starts it as people do who are known to it: what a page keeps is kept in this folder, and not in memory alone. */
export function launchProfile(folder: string, options: Pick<BrowserContextOptions, 'viewport' | 'baseURL'>) {
  return chromium.launchPersistentContext(folder, {
    executablePath: findBrowser() ?? installBrowser(),
    args: [...args],
    ...options,
  });
}

function findBrowser(): string | undefined {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Error(`CHROME_PATH is ${chosen}, where there is no program.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...places, macPath].find(isProgram);
}

function installBrowser(): string {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) throw new Error(advice);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-q'], { env });
    execFileSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], { env });
  } catch (error) {
    throw new Error(advice, { cause: error });
  }
  const found = findBrowser();
  if (!found) throw new Error(advice);
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
