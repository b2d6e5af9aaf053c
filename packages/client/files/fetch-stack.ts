import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import type { ClientPorts } from '../ports.ts';

/** Requests of the tus client over `fetch`, where there is no XMLHttpRequest, which tells how far a body is. */
export class FetchStack implements HttpStack {
  readonly #fetch: ClientPorts['fetch'];

  constructor(fetch: ClientPorts['fetch']) {
    this.#fetch = fetch;
  }

  getName(): string {
    return 'FetchStack';
  }

  createRequest(method: string, url: string): HttpRequest {
    const headers = new Headers();
    const stop = new AbortController();
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => headers.set(name, value),
      getHeader: (name) => headers.get(name) ?? undefined,
      setProgressHandler() {},
      send: async (body: Blob | null) => {
        const init: RequestInit = { method, headers, signal: stop.signal, credentials: 'same-origin' };
        return responseOf(await this.#fetch(url, { ...init, ...(body === null ? {} : { body }) }));
      },
      async abort() {
        stop.abort();
      },
      getUnderlyingObject: () => null,
    };
  }
}

async function responseOf(response: Response): Promise<HttpResponse> {
  const body = await response.text();
  return {
    getStatus: () => response.status,
    getHeader: (name) => response.headers.get(name) ?? undefined,
    getBody: () => body,
    getUnderlyingObject: () => response,
  };
}
