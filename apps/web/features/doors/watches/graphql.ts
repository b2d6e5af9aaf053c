import { sentence } from '../../../language/sentences.ts';
import { type DoorWatch, keepTrying } from '../door-watch.ts';

const queries = {
  cursor: 'query ($room: String!) { cursor(room: $room) }',
  messages: 'subscription ($room: String!, $after: String) { messages(room: $room, after: $after) { clientId } }',
};

interface Cursor {
  readonly cursor: string;
}

interface Message {
  readonly messages: { readonly clientId: string };
}

export const graphqlWatch: DoorWatch = {
  name: sentence('GraphQL'),
  manner: sentence('A subscription to the messages'),
  client: 'graphql-ws',
  start: (room, listener) =>
    keepTrying(listener, async (signal, opened) => {
      const { createClient } = await import('graphql-ws/client');
      signal.throwIfAborted();
      const client = createClient({
        url: `${location.origin.replace('http', 'ws')}/graphql`,
        retryAttempts: 0,
        // The subscription goes the way of the query before it.
        lazyCloseTimeout: 5_000,
        on: {
          connecting: () => listener.asked(),
          message: (message) => listener.received(JSON.stringify(message).length),
        },
      });
      signal.addEventListener('abort', () => void client.dispose());
      // A subscription says nothing when it begins; behind a cursor it misses nothing either.
      const start = await client.iterate<Cursor>({ query: queries.cursor, variables: { room } }).next();
      const after = start.value?.data?.cursor;
      if (after === undefined) throw new Error('There is no cursor for this room.');
      opened();
      for await (const { data } of client.iterate<Message>({ query: queries.messages, variables: { room, after } })) {
        if (data) listener.message(data.messages.clientId);
      }
    }),
};
