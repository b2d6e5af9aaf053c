import type { CommandName, Params, Result, WireError } from '@confab/protocol';
import { times } from '../bounds.ts';
import { ConfabError } from '../confab-error.ts';
import type { ClientPorts } from '../ports.ts';
import { isRepeatable, routes } from './routes.ts';

/** Commands as plain HTTP requests ([C6]): before there is a connection, and while there is none. */
export class HttpCaller {
  readonly #ports: ClientPorts;
  readonly #base: string;
  readonly #token: () => string | null;

  /** `origin` is the server's, without a path; `token` gives the bearer token where there is no cookie. */
  constructor(ports: ClientPorts, origin: string, token: () => string | null) {
    this.#ports = ports;
    this.#base = `${origin}/api/v1`;
    this.#token = token;
  }

  /**
   * Sends a command that goes on its way though the page ends now; nobody hears the answer. Answers with how much of the
   * browser's room for such requests it takes, or with 0 when that is more than `mostBytes`, and then sends nothing.
   */
  hand<Name extends CommandName>(name: Name, params: Params<Name>, mostBytes: number): number {
    const route = routes[name];
    if (route === null) return 0;
    const request = this.#request(route, params as Readonly<Record<string, unknown>>);
    const bytes = new TextEncoder().encode(request.init.body ?? '').length;
    if (bytes > mostBytes) return 0;
    this.#ports.fetch(request.url, { ...request.init, keepalive: true }).catch(() => {});
    return bytes;
  }

  async call<Name extends CommandName>(name: Name, params: Params<Name>): Promise<Result<Name>> {
    const route = routes[name];
    if (route === null) throw new ConfabError('offline');
    const { url, init } = this.#request(route, params as Readonly<Record<string, unknown>>);
    const timeout = new AbortController();
    const cancel = this.#ports.after(times.httpTimeoutMs, () => timeout.abort());
    try {
      const response = await this.#ports.fetch(url, { ...init, signal: timeout.signal });
      return (await answerOf(response)) as Result<Name>;
    } catch (error) {
      if (error instanceof ConfabError) throw error;
      throw new ConfabError(isRepeatable(name) || name === 'account.sign-in' ? 'offline' : 'unanswered');
    } finally {
      cancel();
    }
  }

  #request(route: string, params: Readonly<Record<string, unknown>>) {
    const { method, path, body } = requestOf(route, params);
    const token = this.#token();
    const init = {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === null ? {} : { body }),
    } as const;
    return { url: this.#base + path, init };
  }
}

/** Fills the path's parameters; the others become the query string or the body. */
export function requestOf(route: string, params: Readonly<Record<string, unknown>>) {
  const [method = 'GET', pattern = '/'] = route.split(' ');
  const rest = { ...params };
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodeURIComponent(value);
  });
  if (method !== 'GET' && method !== 'DELETE') return { method, path, body: JSON.stringify(rest) };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, String(value));
  return { method, path: query.size > 0 ? `${path}?${query}` : path, body: null };
}

/** Throws something other than `ConfabError` when the answer is not Confab's: a proxy's page, a cut body. */
async function answerOf(response: Response): Promise<unknown> {
  const body = (await response.json()) as { error?: WireError };
  if (response.ok) return body;
  if (typeof body.error?.code !== 'string') throw new Error('not an answer of Confab');
  throw new ConfabError(body.error);
}
