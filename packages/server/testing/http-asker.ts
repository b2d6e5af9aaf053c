import { commands, type Params, type Result, type WireError } from '@confab/protocol';

export type Reply = { result: unknown } | { error: WireError };
type HttpCommand = keyof typeof commands;

/** A person who asks a server things over HTTP. */
export interface HttpAsker {
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** A command over HTTP with a bearer token. */
  ask<Name extends HttpCommand>(name: Name, params: Params<Name>, token?: string): Promise<Result<Name>>;
  /** The same, for what is expected to be refused or has other shapes. */
  tell(name: HttpCommand, params: unknown, token?: string): Promise<Reply>;
}

/** @param hear is told of every answer, its headers and its body. */
export function httpAsker(url: string, hear?: (answer: string) => void): HttpAsker {
  const fetchFrom = async (path: string, init?: RequestInit): Promise<Response> => {
    const response = await fetch(`${url}${path}`, init);
    hear?.(`${JSON.stringify([...response.headers])}\n${await response.clone().text()}`);
    return response;
  };
  const tell = async (name: HttpCommand, params: unknown, token?: string): Promise<Reply> => {
    const { path, init } = requestOf(name, params as Record<string, unknown>, token);
    const response = await fetchFrom(path, init);
    const body = await response.json();
    return response.ok ? { result: body } : (body as { error: WireError });
  };
  return {
    fetch: fetchFrom,
    tell,
    async ask(name, params, token) {
      const reply = await tell(name, params, token);
      if ('error' in reply) throw new Error(`${name}: ${reply.error.code}`);
      return reply.result as never;
    },
  };
}

/** A command as the request that its route wants. */
function requestOf(name: HttpCommand, params: Record<string, unknown>, token?: string) {
  const [method = 'POST', route = ''] = (commands[name].http ?? '').split(' ');
  const rest = { ...params };
  const filled = route.replace(/:(\w+)/g, (_, key: string) => {
    const value = String(rest[key]);
    delete rest[key];
    return encodeURIComponent(value);
  });
  const inQuery = method === 'GET' || method === 'DELETE';
  const query = inQuery ? new URLSearchParams(rest as Record<string, string>).toString() : '';
  return {
    path: `/api/v1${filled}${query ? `?${query}` : ''}`,
    init: {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(inQuery ? {} : { 'content-type': 'application/json' }),
      },
      ...(inQuery ? {} : { body: JSON.stringify(rest) }),
    },
  };
}
