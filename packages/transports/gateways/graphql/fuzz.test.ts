import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../testing/until.ts';
import { OpenGateway } from './testing/open-gateway.ts';
import { RawSocket } from './testing/raw-socket.ts';

const messages = 4_000;
/** Sent on one connection before the next is opened. */
const perConnection = 40;

let gateway: OpenGateway;
let bystander: RawSocket;
beforeAll(async () => {
  gateway = await OpenGateway.open();
  bystander = await RawSocket.signedIn(gateway.url, gateway.signIn());
});
afterAll(async () => {
  bystander.close();
  await gateway.close();
});

const documents = [
  '{ instanceShow { name } }',
  '{ roomShow(room: "room-1") { room { info { name } } } }',
  'mutation { messagePost(room: "room-1", text: "x") { seq } }',
  'subscription { messages(room: "room-1") { text cursor } }',
  'subscription ($after: String) { events(after: $after) { event cursor data } }',
  'query Q($n: Int) { messageList(room: "room-1", limit: $n) { messages { id } } }',
  'fragment F on Query { cursor } { ...F @skip(if: true) }',
];

/** A document with a few signs changed, taken out or said twice. */
const document = fc
  .tuple(
    fc.constantFrom(...documents),
    fc.array(
      fc.tuple(fc.nat(80), fc.constantFrom('', '{', '}', '(', '"', '$', '@', '...', '#', 'é', '\u0000', '{ a ')),
      { maxLength: 3 },
    ),
  )
  .map(([text, changes]) => changes.reduce((sum, [at, sign]) => sum.slice(0, at) + sign + sum.slice(at + 1), text));

const message = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        type: fc.constant('subscribe'),
        id: fc.string({ minLength: 1, maxLength: 4 }),
        payload: fc.record({
          query: document,
          variables: fc.dictionary(fc.constantFrom('n', 'after', 'room'), fc.jsonValue()),
        }),
      })
      .map((value) => JSON.stringify(value)),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        type: fc.constantFrom('complete', 'ping', 'pong', 'connection_init', 'next'),
        id: fc.string({ maxLength: 4 }),
        payload: fc.jsonValue(),
      })
      .map((value) => JSON.stringify(value)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
);

describe('whatever arrives', () => {
  test(`over WebSocket (${messages} messages) is no bug and disturbs nobody else`, async () => {
    bystander.subscribe('quiet', 'subscription { messages(room: "room-2") { text } }');
    let current: RawSocket | null = null;
    let refused = 0;
    for (const [index, text] of fc.sample(message, { numRuns: messages, seed: 7 }).entries()) {
      if (current === null || current.closed !== null || index % perConnection === 0) {
        if (current?.closed) refused += 1;
        current?.close();
        current = await RawSocket.signedIn(gateway.url, gateway.signIn());
      }
      if (current.socket.readyState === 1) current.send(text);
      if (index % 10 === 9) await current.settled();
    }
    current?.close();
    expect(refused).toBeGreaterThan(10);
    await until(() => gateway.engine.stats().connections === 1);
    await until(() => {
      gateway.post(2, 'still here');
      return bystander.all('next', 'quiet').length > 0;
    });
    // `message.list` has no answer in this domain that GraphQL could take.
    expect(new Set(gateway.reported)).toEqual(new Set(['a field could not be answered']));
    expect(bystander.closed).toBeNull();
  });

  test('over HTTP (1,000 requests) is answered', async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${gateway.signIn()}` };
    const bodies = fc.sample(
      fc.oneof(
        document.map((query) => JSON.stringify({ query })),
        fc.json(),
        fc.string(),
      ),
      { numRuns: 1_000, seed: 8 },
    );
    for (const body of bodies) {
      const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });
      expect(response.status).toBeLessThan(500);
      const answer = (await response.json()) as object;
      expect(answer).toEqual(expect.objectContaining('data' in answer ? {} : { errors: expect.any(Array) }));
    }
  });
});
