import { type ServerOptions, WebSocketServer } from 'ws';
import { refuseUpgrade } from './refuse-upgrade.ts';

interface MessageServerOptions {
  /** Bytes of one message. */
  readonly maxBytes: number;
  /** Milliseconds to wait for the other side's close frame before the socket is cut. */
  readonly closeTimeoutMs?: number;
  /** Chooses a subprotocol; none by default. */
  readonly handleProtocols?: ServerOptions['handleProtocols'];
}

/**
 * The WebSockets of a gateway: whole messages, not compressed. Pings are for the gateway to answer, which knows how
 * much waits for a client; a broken handshake is refused in our form.
 */
export function createMessageServer(options: MessageServerOptions): WebSocketServer {
  const { maxBytes, closeTimeoutMs, handleProtocols = () => false } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxBytes,
    autoPong: false,
    handleProtocols,
    // Newer than the published types of `ws`.
    ...((closeTimeoutMs === undefined ? {} : { closeTimeout: closeTimeoutMs }) as object),
  });
  server.on('wsClientError', (_error, socket) => refuseUpgrade(socket, 'malformed'));
  return server;
}
