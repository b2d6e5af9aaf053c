import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Ask, Credentials, Reception, Report } from '@confab/engine';

/** Which pages may speak to this server. */
export interface AllowedOrigins {
  /** `origin` as the browser sent it, `request` to compare it with the address that was asked for. */
  allows(origin: string, request: IncomingMessage): boolean;
}

/** What every door and gateway is given. */
export interface DoorParts {
  /** This node's name, for ids of what lives here only. */
  readonly node: string;
  /** For connections: sessions of the engine. */
  readonly reception: Reception;
  /** For requests: one command, one answer. */
  readonly ask: Ask;
  readonly origins: AllowedOrigins;
  readonly report: Report;
  /** The client's address, where proxies have a say in it. */
  addressOf(request: IncomingMessage): string;
  /** The token of the session cookie or of the `Authorization` header. */
  credentialsOf(request: IncomingMessage): Credentials;
}

/** A certificate chain and its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * A door as the server mounts it. The server has compared the `Origin` of everything that may change something, has
 * set the security headers, and has checked that it is ready, before a request gets here.
 */
export interface Door {
  /** As it is called in metrics and the log. */
  readonly name: string;
  /** Its addresses: this path and everything below it. */
  readonly path: `/${string}`;
  /** Tells those who come while the server goes down in its own way; others get `draining` before they get here. */
  readonly refusesByItself?: true;
  /** The node that a request names: it is passed on to that one. `undefined`: whichever it came to. */
  nodeOf?(request: IncomingMessage): string | undefined;
  /** A request below `path`, its body not read yet. `undefined`: the door takes none. */
  handleRequest?(request: IncomingMessage, response: ServerResponse): void;
  /** An HTTP/1.1 upgrade to `websocket` below `path`. `undefined`: the door takes none. */
  handleUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Opens what it listens on besides the server's own port. */
  open?(): Promise<void>;
  /** The certificate was renewed: for the connections to come, where the door listens by itself. */
  setSecureContext?(certificate: Certificate): void;
  /** Takes nobody in any more and cuts whoever is left; the engine has said goodbye before. */
  close(): void | Promise<void>;
}

/**
 * Whether a connection may come from where it comes from. Not a browser: no `Origin`. It may come in, but not with a
 * cookie, which only a browser would have added by itself.
 */
export function mayConnect(origins: AllowedOrigins, request: IncomingMessage): boolean {
  const { origin, cookie } = request.headers;
  return origin === undefined ? cookie === undefined : origins.allows(origin, request);
}
