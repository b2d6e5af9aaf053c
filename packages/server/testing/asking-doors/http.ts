import { type AskingDoor, codeOf } from '../asking-door.ts';
import { httpAsker } from '../http-asker.ts';

const aboutConnection = 'It is about the connection that asks, which a request does not have.';

/** Over plain requests: of HTTP, and of GraphQL. */
export const notOverRequests: AskingDoor['notTaken'] = {
  'presence.set': aboutConnection,
  'presence.watch': aboutConnection,
};

export const httpDoor: AskingDoor = {
  name: 'HTTP',
  door: 'http',
  signedInOnly: false,
  notTaken: notOverRequests,
  ask: async (url, token, command, params) => codeOf(await httpAsker(url).tell(command, params, token ?? undefined)),
};
