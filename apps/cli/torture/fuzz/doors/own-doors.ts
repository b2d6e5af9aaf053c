import { commandAsked } from '../commands-asked.ts';
import type { Fuzz } from '../fuzz.ts';
import type { FuzzedDoor, FuzzTarget } from '../fuzzed-door.ts';
import { requests, webSocket } from '../requests.ts';

const hello = (fuzz: Fuzz, token: string) => {
  const params = { versions: [1], token };
  return JSON.stringify({ id: 0, command: 'connection.hello', params: fuzz.seldom(15) ? fuzz.shaken(params) : params });
};

/** One command, or several in one transport message ([F3]). */
function commandFrames(fuzz: Fuzz, target: FuzzTarget): string {
  const lines = Array.from({ length: fuzz.oneIn(10) ? 3 : 1 }, () => {
    const frame = { id: 1 + fuzz.below(1e9), ...commandAsked(fuzz, target) };
    return JSON.stringify(fuzz.seldom(100) ? fuzz.shaken(frame) : frame);
  });
  return lines.join('\n');
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

/** The doors of the protocol itself. */
export const ownDoors: readonly FuzzedDoor[] = [
  {
    name: 'WebSocket',
    converse: (target, fuzz) =>
      webSocket(fuzz, { path: '/api/v1/connect', hello: [hello(fuzz, target.token)] }, () =>
        commandFrames(fuzz, target),
      ),
  },
  {
    name: 'connections',
    async converse(target, fuzz) {
      const headers = bearer(target.token);
      const path = '/api/v1/connections';
      const opened = await fetch(`${target.url}${path}`, { method: 'POST', headers, body: hello(fuzz, target.token) });
      const { connection = 'none' } = (await opened.json()) as { connection?: string };
      const accepts = ['application/json', 'text/event-stream', 'application/x-ndjson', '*/*', ''];
      let next = 0;
      return requests(fuzz, () => {
        const how = fuzz.below(40);
        if (fuzz.seldom(40)) return { method: 'DELETE', path: `${path}/${connection}`, headers };
        if (fuzz.seldom(40)) {
          const accept = fuzz.pick(accepts);
          return { method: 'POST', path, headers: { ...headers, accept }, body: hello(fuzz, target.token) };
        }
        next += 1;
        if (how < 12) return { path: `${path}/${connection}?after=${fuzz.pick([0, next, -1, 'x'])}&wait=0`, headers };
        return { method: 'POST', path: `${path}/${connection}/frames`, headers, body: commandFrames(fuzz, target) };
      });
    },
  },
  {
    name: 'events',
    converse(target, fuzz) {
      const words = [target.room, target.log, '1-1', '0', '99999999999999999999', '%00', '__proto__', 'a/b', '%ff', ''];
      const names = ['room', 'after', 'lastEventId', 'room', 'after', 'x'];
      const headerNames = ['last-event-id', 'if-none-match', 'origin', 'cookie', 'accept-encoding', 'x-forwarded-for'];
      return requests(fuzz, () => {
        const query = Array.from({ length: fuzz.below(4) }, () => `${fuzz.pick(names)}=${fuzz.pick(words)}`);
        const headers: Record<string, string> = { ...bearer(target.token), [fuzz.pick(headerNames)]: fuzz.pick(words) };
        // A stream or a wait goes on until the connection ends: what follows it is read, and not answered.
        if (fuzz.seldom(60))
          headers.accept = fuzz.pick(['text/event-stream', 'application/x-ndjson', ',;q=', '\u0001']);
        if (fuzz.seldom(60)) query.push(`wait=${fuzz.pick(['25', '-1', 'x', '1e9'])}`);
        return { path: `/api/v1/events?${query.join('&')}`, headers };
      });
    },
  },
];
