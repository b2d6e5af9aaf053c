import { randomUUID } from 'node:crypto';
import { connectAsync } from 'mqtt';
import { askingDoors } from './asking-doors/index.ts';
import type { HttpAsker } from './http-asker.ts';

export interface GatewayUser {
  readonly url: string;
  readonly asker: HttpAsker;
  readonly handle: string;
  readonly password: string;
  /** Of a session, and of a webhook of the room. */
  readonly token: string;
  readonly hook: string;
  readonly room: string;
  /** All that they are told by others than `asker`. */
  hear(answer: string): void;
}

const json = { 'content-type': 'application/json' };

/** Posts through every door and gateway, signed in by each of the ways that there are. Answers with the new session's token. */
export async function useEveryGateway(user: GatewayUser): Promise<string> {
  const { url, asker, token, room, hook } = user;
  for (const door of askingDoors) {
    const text = `through ${door.name}`;
    const answer = await door.ask(url, token, 'message.post', { room, clientId: randomUUID(), text });
    if (answer !== 'ok') throw new Error(`${door.name}: ${answer}`);
  }
  await asker.fetch(`/signalr/negotiate?negotiateVersion=1&access_token=${token}`, { method: 'POST' });
  await asker.fetch(`/hooks/${room}/${hook}`, { method: 'POST', headers: json, body: '{"text":"through a webhook"}' });
  await signInToMqtt(user);
  await greetPeerJs(user);
  await readEvents(user);
  return signInToGraphql(user);
}

/** The same with what is wrong or belongs elsewhere. Whatever comes of it. */
export async function guessAtEveryGateway(user: GatewayUser): Promise<void> {
  const { url, asker, token, room, hook } = user;
  const about = { room, clientId: randomUUID(), text: 'guessed' };
  const tries = askingDoors.map((door) => door.ask(url, token, 'message.post', about));
  tries.push(signInToMqtt(user).then(() => 'ok'));
  await Promise.allSettled(tries);
  await greetPeerJs(user);
  await signInToGraphql(user).catch(() => '');
  await asker.fetch(`/hooks/${room}/${hook}`, { method: 'POST', headers: json, body: '{"text":"guessed"}' });
  await asker.fetch(`/signalr/negotiate?access_token=${token}`, { method: 'POST' });
  await asker.fetch(`/socket.io/?EIO=4&transport=polling&sid=${token}&token=${token}`);
  await asker.fetch(`/api/v1/connections/${token}`, { headers: { authorization: `Bearer ${token}` } });
  await asker.fetch(`/api/v1/events?after=${token}`, { headers: { authorization: `Bearer ${token}` } });
  // GraphQL itself quotes a document that it does not understand to whoever sent it: not that, then.
  await asker.fetch('/graphql?query={accountHome{me{id}}}', { headers: { authorization: `Bearer ${token}` } });
}

async function signInToMqtt({ url, handle, password, room, hear }: GatewayUser): Promise<void> {
  const options = { username: handle, password, protocolVersion: 5, reconnectPeriod: 0 } as const;
  const client = await connectAsync(`${url.replace('http', 'ws')}/mqtt`, options, false);
  client.on('message', (topic, payload) => hear(`${topic} ${payload}`));
  await client.subscribeAsync('#').catch(() => {});
  await client.publishAsync(`rooms/${room}/messages`, 'through MQTT with a password', { qos: 1 });
  await client.endAsync();
}

/** Until it is told that it is open, or is refused. */
async function greetPeerJs({ url, token, hear }: GatewayUser): Promise<void> {
  const query = new URLSearchParams({ key: 'peerjs', id: `peer-${randomUUID()}`, token, version: '1.5.5' });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/peerjs?${query}`);
  await new Promise<void>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      hear(String(data));
      resolve();
    });
    socket.addEventListener('close', () => resolve());
  });
  socket.close();
}

/** Three events of the stream, from the room's beginning. */
async function readEvents({ url, token, room, hear }: GatewayUser): Promise<void> {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/api/v1/events?room=${room}&lastEventId=1-0`, { headers });
  let told = '';
  for await (const chunk of response.body ?? []) {
    told += Buffer.from(chunk).toString();
    if (told.split('data: ').length > 3) break;
  }
  hear(told);
}

async function signInToGraphql({ url, handle, password, asker }: GatewayUser): Promise<string> {
  const query = `mutation { accountSignIn(handle: ${JSON.stringify(handle)}, password: ${JSON.stringify(password)}) { token } }`;
  const response = await asker.fetch('/graphql', { method: 'POST', headers: json, body: JSON.stringify({ query }) });
  const { data } = (await response.json()) as { data?: { accountSignIn?: { token: string } } };
  if (!data?.accountSignIn) throw new Error(`GraphQL at ${url} refused the sign-in.`);
  return data.accountSignIn.token;
}
