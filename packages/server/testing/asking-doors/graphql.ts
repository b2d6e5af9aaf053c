import { graphqlPath } from '@confab/transports/gateways/graphql';
import { type AskingDoor, codeIn, endedBefore, type Told } from '../asking-door.ts';
import { documentOf } from './graphql-document.ts';
import { notOverRequests } from './http.ts';

type Errors = readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];

/** The code of the first; a document that is not understood is a mistake of the test's. */
function codeOfErrors([error]: Errors): Told {
  return error?.extensions?.code === 'invalid-params' ? codeIn(error.message) : codeIn(error?.extensions?.code);
}

export const graphqlHttpDoor: AskingDoor = {
  name: 'GraphQL over HTTP',
  door: 'graphql',
  signedInOnly: false,
  notTaken: notOverRequests,
  async ask(url, token, command, params) {
    const response = await fetch(`${url}${graphqlPath}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: documentOf(command, params) }),
    });
    const { errors } = (await response.json()) as { errors?: Errors };
    return errors ? codeOfErrors(errors) : 'ok';
  },
};

interface Message {
  readonly type: string;
  readonly payload?: unknown;
}

/** What a message of the subprotocol `graphql-transport-ws` is answered with, or says of the outcome. */
const onMessage: Readonly<Record<string, (payload: unknown) => { ask: true } | { told: Told } | undefined>> = {
  connection_ack: () => ({ ask: true }),
  next: (payload) => {
    const { errors } = payload as { errors?: Errors };
    return { told: errors ? codeOfErrors(errors) : 'ok' };
  },
  error: (payload) => ({ told: codeOfErrors(payload as Errors) }),
};

export const graphqlSocketDoor: AskingDoor = {
  name: 'GraphQL over WebSocket',
  door: 'graphql',
  signedInOnly: true,
  notTaken: {},
  ask(url, token, command, params) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${graphqlPath}`, 'graphql-transport-ws');
    const send = (message: object): void => socket.send(JSON.stringify(message));
    const { promise, resolve, reject } = Promise.withResolvers<Told>();
    socket.addEventListener('open', () => send({ type: 'connection_init', payload: token === null ? {} : { token } }));
    socket.addEventListener('message', ({ data }) => {
      const { type, payload } = JSON.parse(String(data)) as Message;
      const outcome = onMessage[type]?.(payload);
      if (outcome === undefined) return;
      if ('told' in outcome) resolve(outcome.told);
      else send({ type: 'subscribe', id: '1', payload: { query: documentOf(command, params) } });
    });
    socket.addEventListener('error', () => reject(new Error('The connection was not taken.')));
    socket.addEventListener('close', ({ code, reason }) => {
      try {
        // 4403: it was not let in, and the reason is why.
        resolve(code === 4403 ? codeIn(reason) : endedBefore(command, `${code} ${reason}`));
      } catch (error) {
        reject(error);
      }
    });
    return promise.finally(() => socket.close());
  },
};
