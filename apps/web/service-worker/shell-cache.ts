import { parseRoute } from '../app/route.ts';
import type { Shell } from './shell.ts';

const prefix = 'confab-shell-';
/** The build in use and the one before it: tabs that still run that one go on finding its parts. */
const keptBuilds = 2;
const page = '/';

/** The app's own files, kept so that it opens at once and without a network. Nothing of anybody's is in here. */
export class ShellCache {
  readonly #shell: Shell;
  readonly #name: string;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.#name = prefix + shell.version;
  }

  /** All that the first screen needs; fails as a whole, so that there is never half a build. */
  async install(): Promise<void> {
    const cache = await caches.open(this.#name);
    const response = await this.#fetchPage();
    if (response === null) throw new Error('The page on the server is of another build.');
    await cache.addAll(this.#shell.first);
    await cache.put(page, response);
  }

  /** The other parts. One that cannot be had now is kept when it is first used. */
  async fill(): Promise<void> {
    const cache = await caches.open(this.#name);
    for (const address of this.#shell.later) {
      if ((await caches.match(address)) === undefined) await cache.add(address).catch(() => {});
    }
  }

  /** Forgets builds that nobody runs any more. Names are listed from the oldest on. */
  async tidy(): Promise<void> {
    const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== this.#name);
    await Promise.all(others.slice(0, Math.max(0, others.length - keptBuilds + 1)).map((name) => caches.delete(name)));
  }

  /** Whether this request is for the app's own files: all others go to the server as if there were no worker. */
  serves(request: Request): boolean {
    const { origin, pathname, search } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin) return false;
    if (request.mode === 'navigate') return parseRoute(pathname, search).page !== 'unknown';
    return pathname.startsWith('/assets/') || this.#shell.first.includes(pathname);
  }

  async answer(request: Request): Promise<Response> {
    const wanted = request.mode === 'navigate' ? page : request.url;
    const cache = await caches.open(this.#name);
    const kept = (await cache.match(wanted)) ?? (wanted === page ? undefined : await caches.match(wanted));
    if (kept !== undefined) return kept;
    const response = await fetch(request);
    if (response.ok && new URL(request.url).pathname.startsWith('/assets/')) await cache.put(wanted, response.clone());
    return response;
  }

  /** What the server says about the page besides its text, such as its security policy, may change without a build. */
  async refreshPage(): Promise<void> {
    const response = await this.#fetchPage().catch(() => null);
    if (response !== null) await (await caches.open(this.#name)).put(page, response);
  }

  /** The page as the server has it; `null` when it is another build's. */
  async #fetchPage(): Promise<Response | null> {
    const response = await fetch(page, { cache: 'no-cache' });
    if (!response.ok) return null;
    return (await response.clone().text()).includes(this.#shell.entry) ? response : null;
  }
}
