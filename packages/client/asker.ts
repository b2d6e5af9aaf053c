import type { CommandName, Params, Result } from '@confab/protocol';
import { ConfabError } from './confab-error.ts';
import type { Connection } from './connection/connection.ts';
import type { HttpCaller } from './connection/http.ts';
import { isRepeatable, routes } from './connection/routes.ts';

/** How the parts of the client ask the server. */
export class Asker {
  readonly #connection: Connection;
  readonly #http: HttpCaller;

  constructor(connection: Connection, http: HttpCaller) {
    this.#connection = connection;
    this.#http = http;
    this.inOrder = (name, params, waiter) => connection.ask(name, params, waiter);
  }

  get online(): boolean {
    return this.#connection.welcome !== null;
  }

  /** Over the connection when it is online, otherwise over HTTP. Rejects with `ConfabError`. */
  async call<Name extends CommandName>(name: Name, params: Params<Name>): Promise<Result<Name>> {
    if (this.online || routes[name] === null) {
      try {
        return await this.#connection.request(name, params);
      } catch (error) {
        // What the connection took with it may be asked again if that is safe ([C5]), or if it was never sent.
        const mayRepeat = error instanceof ConfabError && (error.kind === 'offline' || isRepeatable(name));
        if (!mayRepeat || error.kind === 'refused' || routes[name] === null) throw error;
      }
    }
    return this.#http.call(name, params);
  }

  /** Over HTTP in any case: what sets or clears the session's cookie. */
  callHttp<Name extends CommandName>(name: Name, params: Params<Name>): Promise<Result<Name>> {
    return this.#http.call(name, params);
  }

  /** Though the page ends now. See `HttpCaller.hand`. */
  hand<Name extends CommandName>(name: Name, params: Params<Name>, mostBytes: number): number {
    return this.#http.hand(name, params, mostBytes);
  }

  /** Over the connection only, answered in the order of its frames. */
  readonly inOrder: Connection['ask'];

  /** Over the connection only; lost when there is none or it is refused: for what may be dropped. */
  tell<Name extends CommandName>(name: Name, params: Params<Name>): void {
    if (this.online) this.#connection.request(name, params).catch(() => {});
  }
}
