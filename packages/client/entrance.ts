import type { CommandName, Params, Result } from '@confab/protocol';
import { Accounts } from './accounts/accounts.ts';
import type { AccountApi } from './api.ts';
import type { ClientPorts } from './ports.ts';
import { systemPorts } from './system-ports.ts';

export interface EntranceOptions {
  /** The server's origin. Empty in a browser: the page's own. */
  readonly url: string;
  readonly token?: string;
  readonly ports?: Partial<ClientPorts>;
}

/**
 * Who is signed in, and the way in: all that a page needs before somebody is, at a small part of the client's size.
 * `createConfab({ entrance })` goes on from it.
 */
export interface Entrance {
  readonly account: AccountApi;
  /** Over HTTP. Rejects with `ConfabError`. */
  call<Name extends CommandName>(name: Name, params: Params<Name>): Promise<Result<Name>>;
  /** Finds out who is signed in, and goes on until the server answers. */
  start(): void;
  /** For the client. */
  readonly parts: { readonly accounts: Accounts; readonly ports: ClientPorts; readonly server: string };
}

export function createEntrance(options: EntranceOptions): Entrance {
  const ports: ClientPorts = { ...systemPorts(), ...options.ports };
  const server = (options.url || ports.environment.origin).replace(/\/+$/, '');
  const accounts = new Accounts(ports, server, options.token ?? null);
  return {
    account: accounts,
    call: (name, params) => accounts.http.call(name, params),
    start: () => accounts.start(),
    parts: { accounts, ports, server },
  };
}
