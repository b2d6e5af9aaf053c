import type { Fuzz } from '../fuzz.ts';
import type { FuzzedDoor, FuzzTarget } from '../fuzzed-door.ts';
import { type Asked, requests, streamBeside, webSocket } from '../requests.ts';

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
  {
    name: 'GraphQL over Server-Sent Events',
    async converse(target, fuzz) {
      const authorization = `Bearer ${target.token}`;
      const path = '/graphql/stream';
      const reserved = await fetch(`${target.url}${path}`, { method: 'PUT', headers: { authorization } });
      const headers = { authorization, 'x-graphql-event-stream-token': await reserved.text() };
      const end = await streamBeside(`${target.url}${path}`, { ...headers, accept: 'text/event-stream' });
      let ids = 0;
      const next = (): Asked => {
        ids += 1;
        const how = fuzz.below(30);
        if (how < 5) return { method: 'DELETE', path: `${path}?operationId=${ids - fuzz.below(9)}`, headers };
        if (fuzz.seldom(40)) return { method: fuzz.pick(['PUT', 'GET', 'PATCH']), path: `${path}?token=x`, headers };
        const asked = request(fuzz, target, fuzz.oneIn(10)) as object;
        const operationId = fuzz.seldom(40) ? fuzz.shaken(ids - 1) : String(ids);
        const body = JSON.stringify({ ...asked, extensions: { operationId } });
        const type = fuzz.seldom(20) ? fuzz.pick(['text/plain', 'x']) : 'application/json';
        const given = { authorization, accept: 'text/event-stream', 'content-type': type };
        // By itself, with its answer as a stream of its own, or on the stream that was reserved.
        if (fuzz.oneIn(10))
          return { method: 'POST', path, headers: given, body: JSON.stringify(request(fuzz, target, false)) };
        return { method: 'POST', path, headers: { ...headers, 'content-type': type }, body };
      };
      return requests(fuzz, next, end);
    },
  },
];
