import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { password, type Visitor, visitor } from './people.ts';
import { ServerUnderTest } from './server-under-test.ts';

/** One for all files that a worker runs, which ends with it: people are apart in it as in browsers of their own. */
let browser: Promise<Browser> | undefined;

type Options = Pick<
  BrowserContextOptions,
  'viewport' | 'hasTouch' | 'isMobile' | 'serviceWorkers' | 'locale' | 'colorScheme'
>;

/** What the pages that are open show, for whoever wonders why a journey failed. */
export async function shownNow(): Promise<string> {
  const pages = (await browser)?.contexts().flatMap((context) => context.pages()) ?? [];
  const told = pages.map(async (page) => {
    const text = await page.evaluate(() => document.body.innerText).catch(String);
    const focused = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 300)).catch(String);
    return `${page.url()}\n${text.replace(/\s*\n\s*/g, ' | ').slice(-1_500)}\nfocus: ${focused}`;
  });
  return (await Promise.all(told)).join('\n\n');
}

interface Form {
  readonly name: string;
  readonly space?: string;
  readonly invite?: string;
}

/** A server with people on it who came before the journey begins. How they come is the journey of `conversation.e2e.ts`. */
export class Stage {
  readonly server: ServerUnderTest;
  readonly browser: Browser;
  readonly #visitors: Visitor[] = [];
  #invite = '';

  private constructor(server: ServerUnderTest, opened: Browser) {
    this.server = server;
    this.browser = opened;
  }

  /** `env`: options of the server besides those that every test has. */
  static async open(env: Readonly<Record<string, string>> = {}): Promise<Stage> {
    browser ??= launchBrowser();
    const [server, opened] = await Promise.all([ServerUnderTest.start(env), browser]);
    return new Stage(server, opened);
  }

  /** Somebody whom the server does not know, on an empty page. */
  async visitor(options: Options = {}): Promise<Visitor> {
    const someone = await visitor(this.browser, this.server.url, options);
    this.#visitors.push(someone);
    return someone;
  }

  /** The owner of the server and of a space, on the page where the app opens. */
  async founder(name: string, options?: Options, space = 'Joinery'): Promise<Visitor> {
    const founder = await this.#come('set-up', { name, space }, options);
    const { request } = founder.context;
    const { spaces } = await (await request.get('/api/v1/account/home')).json();
    const origin = this.server.url;
    const made = await request.post(`/api/v1/spaces/${spaces[0].id}/invites`, { headers: { origin }, data: {} });
    this.#invite = (await made.json()).token;
    return founder;
  }

  /** Somebody who was invited by the founder, on the page where the app opens. */
  member(name: string, options?: Options): Promise<Visitor> {
    return this.#come('sign-up', { name, invite: this.#invite }, options);
  }

  /** Somebody who is here already, in another browser of theirs. */
  again(name: string, options?: Options): Promise<Visitor> {
    return this.#come('sign-in', { name }, options);
  }

  async close(): Promise<void> {
    await Promise.all(this.#visitors.map(({ context }) => context.close()));
    await this.server.close();
  }

  async #come(how: 'set-up' | 'sign-up' | 'sign-in', form: Form, options?: Options): Promise<Visitor> {
    const someone = await this.visitor(options);
    const { name, ...rest } = form;
    const known = { handle: name.toLowerCase(), password, deliver: 'cookie' };
    const data = how === 'sign-in' ? known : { ...known, ...rest, name };
    const headers = { origin: this.server.url };
    const answer = await someone.context.request.post(`/api/v1/account/${how}`, { headers, data });
    if (!answer.ok()) throw new Error(`${name} could not come: ${await answer.text()}`);
    await someone.page.goto('/');
    await someone.page.getByRole('navigation').first().waitFor();
    return someone;
  }
}
