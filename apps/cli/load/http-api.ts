import { type Agent, Agent as HttpAgent, request as requestByHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestByHttps } from 'node:https';
import { type CommandName, commands, type Params, type Result, type WireError } from '@confab/protocol';
import { Refused, Unanswered } from './load-connection.ts';

/** Commands over HTTP ([C6]), built from the table of routes. Keeps its connections open. */
export class HttpApi {
  readonly url: string;
  readonly token: string | undefined;
  readonly #agent: Agent;

  constructor(url: string, token?: string, agent: Agent = agentFor(url)) {
    this.url = url;
    this.token = token;
    this.#agent = agent;
  }

  /** The same server as another person. */
  as(token: string): HttpApi {
    return new HttpApi(this.url, token, this.#agent);
  }

  /** Rejects with `Refused` when the server says no, with `Unanswered` when nothing certain came back ([C5]). */
  call<Name extends CommandName>(name: Name, params: Params<Name>): Promise<Result<Name>> {
    const { method, path, body } = requestOf(name, params as Record<string, unknown>);
    const headers: Record<string, string | number> = {};
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = Buffer.byteLength(body);
    }
    const request = this.url.startsWith('https:') ? requestByHttps : requestByHttp;
    return new Promise((resolve, reject) => {
      const unanswered = (error: Error) => reject(new Unanswered(error.message));
      const sent = request(`${this.url}/api/v1${path}`, { method, headers, agent: this.#agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', unanswered);
        response.on('end', () => settle(text, resolve as (result: unknown) => void, reject));
      });
      sent.on('error', unanswered);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function agentFor(url: string): Agent {
  const options = { keepAlive: true, maxSockets: 16 };
  return url.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
}

function settle(text: string, resolve: (result: unknown) => void, reject: (error: Error) => void): void {
  try {
    const value = JSON.parse(text) as { error?: WireError };
    if (value.error) reject(new Refused(value.error));
    else resolve(value);
  } catch {
    reject(new Unanswered('The answer was cut off.'));
  }
}

/** The route of a command with its parameters filled in; those not in the path go to the query or the body. */
export function requestOf(
  name: CommandName,
  params: Record<string, unknown>,
): { method: string; path: string; body?: string } {
  const route = commands[name].http;
  if (route === null) throw new Error(`${name} has no HTTP route.`);
  const [method = '', template = ''] = route.split(' ');
  const rest = { ...params };
  const path = template.replace(/:(\w+)/g, (_, key: string) => {
    delete rest[key];
    return encodeURIComponent(String(params[key]));
  });
  if (method !== 'GET' && method !== 'DELETE') return { method, path, body: JSON.stringify(rest) };
  const query = new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, String(value)])).toString();
  return { method, path: query === '' ? path : `${path}?${query}` };
}
