import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { breakOff } from './break-off.ts';
import { hasBody } from './has-body.ts';
import { notForHere } from './internal-listener.ts';
import { endToEnd } from './signature.ts';

/** `untouched`: the other node was not reached, and nothing of the request was read or answered. */
export type Forwarded = 'done' | 'untouched';

/**
 * Passes a request on and its answer back, as they come: neither is held back, and whoever reads slowly slows the
 * other side. Where one side breaks off, so does the other: what becomes of a request when the other node dies in the
 * middle of it is as unknown as if the client had been connected there.
 */
export function forwardRequest(
  outgoing: ClientRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Forwarded> {
  return new Promise((resolve) => {
    let begun = false;
    const fail = (): void => {
      outgoing.destroy();
      if (begun || response.destroyed) breakOff(response);
      resolve(begun || response.destroyed ? 'done' : 'untouched');
    };
    outgoing.on('error', fail);
    outgoing.once('socket', (socket) => {
      const begin = (): void => {
        begun = hasBody(request);
        if (begun) request.pipe(outgoing);
        else outgoing.end();
      };
      if (socket.connecting) socket.once('connect', begin);
      else begin();
    });
    outgoing.once('response', (incoming) => {
      if (incoming.statusCode === notForHere) {
        fail();
        return;
      }
      begun = true;
      passBack(incoming, response);
    });
    response.once('close', () => {
      outgoing.destroy();
      resolve('done');
    });
  });
}

function passBack(incoming: IncomingMessage, response: ServerResponse): void {
  response.statusCode = incoming.statusCode ?? 502;
  for (const [name, values] of fieldsOf(incoming))
    response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  // An event stream says that it is open before it has anything to tell.
  response.flushHeaders();
  incoming.on('error', () => {});
  incoming.once('close', () => {
    if (!incoming.complete) breakOff(response);
  });
  incoming.pipe(response);
}

function fieldsOf({ rawHeaders }: IncomingMessage): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  const kept = endToEnd(rawHeaders);
  for (let index = 0; index + 1 < kept.length; index += 2) {
    const [name = '', value = ''] = [kept[index]?.toLowerCase(), kept[index + 1]];
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
}
