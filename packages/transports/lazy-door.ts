import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Report } from '@confab/engine';
import { type ErrorCode, toWireError } from '@confab/protocol';
import type { Door } from './door.ts';
import { answerError } from './http/answers.ts';
import { refuseUpgrade } from './websocket/refuse-upgrade.ts';

/** What is known of a door before it is loaded. */
export interface DoorName extends Pick<Door, 'name' | 'path' | 'nodeOf'> {
  readonly takes: { readonly requests: boolean; readonly upgrades: boolean };
}

/**
 * A door whose code and libraries are loaded with its first client: most servers never see one of most protocols, and
 * what none asks for costs neither memory nor time to start. Who comes while it loads waits for it.
 */
export function lazyDoor({ name, path, nodeOf, takes }: DoorName, report: Report, load: () => Promise<Door>): Door {
  let loading: Promise<Door> | undefined;
  let closed = false;
  const loaded = (): Promise<Door> => {
    loading ??= load().catch((error: unknown) => {
      // The next client is the next attempt.
      loading = undefined;
      report('error', 'a door could not be loaded', { door: name, error });
      throw error;
    });
    return loading;
  };
  const whenLoaded = (use: (door: Door) => void, refuse: (code: ErrorCode) => void): void => {
    loaded().then(
      (door) => (closed ? refuse('draining') : use(door)),
      () => refuse('internal'),
    );
  };
  const handleRequest = (request: IncomingMessage, response: ServerResponse): void =>
    whenLoaded(
      (door) => {
        // Whoever went meanwhile would never be heard to go.
        if (!response.destroyed) door.handleRequest?.(request, response);
      },
      (code) => answerError(response, toWireError(code)),
    );
  const handleUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Nobody else listens to it yet: a reset meanwhile must not become an uncaught error.
    const onError = (): void => void socket.destroy();
    socket.on('error', onError);
    whenLoaded(
      (door) => {
        socket.off('error', onError);
        if (!socket.destroyed) door.handleUpgrade?.(request, socket, head);
      },
      (code) => refuseUpgrade(socket, code),
    );
  };
  return {
    name,
    path,
    ...(nodeOf && { nodeOf }),
    ...(takes.requests && { handleRequest }),
    ...(takes.upgrades && { handleUpgrade }),
    async close() {
      closed = true;
      const door = await loading?.catch(() => undefined);
      await door?.close();
    },
  };
}
