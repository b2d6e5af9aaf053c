import type { HubMessage, IHubProtocol } from '@microsoft/signalr';
import { JsonHubProtocol } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { commandAsked } from '../commands-asked.ts';
import type { Fuzz } from '../fuzz.ts';
import type { FuzzedDoor, FuzzTarget } from '../fuzzed-door.ts';
import { type Asked, pollsBeside, requests, streamBeside, webSocket } from '../requests.ts';

function hubMessage(fuzz: Fuzz, target: FuzzTarget): HubMessage {
  const invocationId = String(fuzz.below(1_000));
  const { command, params } = commandAsked(fuzz, target);
  const call = (name: string, given: unknown[]) =>
    ({ type: 1, headers: {}, invocationId, target: name, arguments: given, streamIds: [] }) as HubMessage;
  const messages = [
    () => call('Command', [command, params]),
    () => call('Command', [command, params]),
    () => call('Send', fuzz.shaken([target.room, 'of the fuzz', 'again']) as unknown[]),
    () => call(fuzz.pick(['Join', 'Leave', 'constructor', 'Events']), [fuzz.shaken(target.room)]),
    () => ({ ...call('Events', [fuzz.shaken({ rooms: [target.room] })]), type: 4 }) as HubMessage,
    () => ({ type: 5, headers: {}, invocationId }) as HubMessage,
    () => ({ type: 2, headers: {}, invocationId, item: params }) as HubMessage,
    () => ({ type: 3, headers: {}, invocationId, result: params }) as HubMessage,
    () => ({ type: 6 }) as HubMessage,
    () => ({ type: 9, sequenceId: fuzz.below(100) }) as HubMessage,
  ];
  const message = fuzz.pick(messages)();
  // Its arguments have to be a list, or the client's encoder does not take them.
  return 'arguments' in message && !Array.isArray(message.arguments) ? { ...message, arguments: [] } : message;
}

const helloIn = (protocol: IHubProtocol): string => `${JSON.stringify({ protocol: protocol.name, version: 1 })}\u001e`;

function written(protocol: IHubProtocol, message: HubMessage): string | Buffer {
  const bytes = protocol.writeMessage(message);
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes);
}

function door(protocol: IHubProtocol): FuzzedDoor {
  return {
    name: `SignalR, ${protocol.name}`,
    converse: (target, fuzz) =>
      webSocket(fuzz, { path: `/signalr?access_token=${target.token}`, hello: [helloIn(protocol)] }, () =>
        written(protocol, hubMessage(fuzz, target)),
      ),
  };
}

/** The two transports that are made of requests: what comes back goes beside the conversation. */
function doorOfRequests(protocol: IHubProtocol, name: string, beside: typeof pollsBeside, accept: string): FuzzedDoor {
  return {
    name: `SignalR, ${protocol.name}, ${name}`,
    async converse(target, fuzz) {
      const headers = { authorization: `Bearer ${target.token}` };
      const negotiate = '/signalr/negotiate?negotiateVersion=1';
      const negotiated = await fetch(`${target.url}${negotiate}`, { method: 'POST', headers });
      const { connectionToken = 'none' } = (await negotiated.json()) as { connectionToken?: string };
      const path = `/signalr?id=${connectionToken}`;
      const url = `${target.url}${path}`;
      const end = await beside(url, { ...headers, accept });
      const hello = fuzz.sometimesBroken(Buffer.from(helloIn(protocol)), 15);
      await (await fetch(url, { method: 'POST', headers, body: new Uint8Array(hello) })).arrayBuffer();
      const next = (): Asked => {
        if (fuzz.seldom(60)) return { method: fuzz.pick(['DELETE', 'PUT', 'OPTIONS']), path, headers };
        if (fuzz.seldom(30)) return { method: 'POST', path: fuzz.pick([negotiate, `${path}x`, '/signalr']), headers };
        const messages = Array.from({ length: 1 + fuzz.below(3) }, () =>
          Buffer.from(written(protocol, hubMessage(fuzz, target)) as string),
        );
        return { method: 'POST', path, headers, body: fuzz.sometimesBroken(Buffer.concat(messages), 40) };
      };
      return requests(fuzz, next, end);
    },
  };
}

const json = new JsonHubProtocol();
const messagePack = new MessagePackHubProtocol();

export const signalRDoors: readonly FuzzedDoor[] = [
  door(json),
  door(messagePack),
  doorOfRequests(json, 'Server-Sent Events', streamBeside, 'text/event-stream'),
  doorOfRequests(json, 'long polling', pollsBeside, '*/*'),
  doorOfRequests(messagePack, 'long polling', pollsBeside, '*/*'),
];
