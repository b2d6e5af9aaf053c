import type { Fuzz } from '../fuzz.ts';
import type { FuzzedDoor, FuzzTarget } from '../fuzzed-door.ts';
import { requests, webSocket } from '../requests.ts';

const documents = [
  '{ instanceShow { name } accountHome { me { id handle } rooms { info { name } } } }',
  'query ($room: ID!) { roomShow(room: $room) { room { info { name topic } } } }',
  'query ($room: ID!) { messageList(room: $room, limit: 3) { messages { id text } } a: roomMembers(room: $room) { __typename } }',
  'mutation ($room: ID!) { typingSet(room: $room, typing: true) }',
  'mutation ($room: ID!) { messagePost(room: $room, clientId: "again", text: "of the fuzz") { id seq } }',
  'query ($room: String!) { cursor(room: $room) }',
  'query Q { ...F } fragment F on Query { instanceShow { ...G } } fragment G on Instance { name }',
  '{ __schema { queryType { fields { name } } } }',
  'subscription ($room: String!) { messages(room: $room) { id text cursor } }',
  'subscription { events { event data cursor } }',
];
const pieces = [
  '{',
  '}',
  '(',
  ')',
  '...',
  '@skip(if: true)',
  '$room',
  '"',
  '"""',
  '#',
  '\\u{110000}',
  'fragment',
  ' a: ',
  '[',
  '1e999',
  '!',
];

function request(fuzz: Fuzz, { room }: FuzzTarget, subscriptions: boolean) {
  const sample = fuzz.pick(subscriptions ? documents : documents.slice(0, -2));
  const at = fuzz.below(sample.length);
  const cut = fuzz.below(6);
  const query = fuzz.oneIn(3) ? `${sample.slice(0, at)}${fuzz.pick(pieces)}${sample.slice(at + cut)}` : sample;
  const asked = { query, variables: { room } };
  return fuzz.seldom(4) ? fuzz.shaken(asked) : asked;
}

export const graphqlDoors: readonly FuzzedDoor[] = [
  {
    name: 'GraphQL over HTTP',
    converse(target, fuzz) {
      const headers = { authorization: `Bearer ${target.token}`, accept: 'application/json' };
      return requests(fuzz, () => {
        const body = JSON.stringify(request(fuzz, target, true));
        if (fuzz.oneIn(8)) return { path: `/graphql?query=${encodeURIComponent(body)}&variables={}`, headers };
        const type = fuzz.oneIn(20) ? fuzz.pick(['text/plain', 'x', 'application/graphql']) : 'application/json';
        return { method: 'POST', path: '/graphql', headers: { ...headers, 'content-type': type }, body };
      });
    },
  },
  {
    name: 'GraphQL over WebSocket',
    converse(target, fuzz) {
      const headers = { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' };
      const hello = JSON.stringify({ type: 'connection_init', payload: { token: target.token } });
      let ids = 0;
      return webSocket(fuzz, { path: '/graphql', headers, hello: [hello] }, () => {
        ids += 1;
        const how = fuzz.below(30);
        if (fuzz.seldom(30))
          return JSON.stringify({ type: fuzz.pick(['ping', 'pong', 'next', 'connection_init', 'x']) });
        if (how < 5) return JSON.stringify({ type: 'complete', id: String(ids - fuzz.below(9)) });
        // An id that is already taken ends the connection: seldom.
        const id = String(fuzz.seldom(40) ? ids - 1 : ids);
        return JSON.stringify({ type: 'subscribe', id, payload: request(fuzz, target, fuzz.oneIn(10)) });
      });
    },
  },
];
