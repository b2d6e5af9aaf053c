import type { HubMessage, IHubProtocol } from '@microsoft/signalr';
import { JsonHubProtocol } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { commandAsked } from '../commands-asked.ts';
import type { Fuzz } from '../fuzz.ts';
import type { FuzzedDoor, FuzzTarget } from '../fuzzed-door.ts';
import { webSocket } from '../requests.ts';

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

function door(protocol: IHubProtocol): FuzzedDoor {
  const hello = `${JSON.stringify({ protocol: protocol.name, version: 1 })}\u001e`;
  return {
    name: `SignalR, ${protocol.name}`,
    converse: (target, fuzz) =>
      webSocket(fuzz, { path: `/signalr?access_token=${target.token}`, hello: [hello] }, () => {
        const written = protocol.writeMessage(hubMessage(fuzz, target));
        return typeof written === 'string' ? written : Buffer.from(written);
      }),
  };
}

export const signalRDoors: readonly FuzzedDoor[] = [door(new JsonHubProtocol()), door(new MessagePackHubProtocol())];
