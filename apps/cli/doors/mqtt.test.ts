import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DoorTarget, SeenMessage } from './door-client.ts';
import { JourneyBed } from './journey-bed.ts';
import { mqttTcpDoor, mqttWebSocketDoor } from './mqtt.ts';

/** The stock client as it comes: it comes back by itself, repeats by itself, and gives its messages no ids. */
const clients: MqttClient[] = [];
const inFlight = 5;

let bed: JourneyBed;
beforeAll(async () => {
  bed = await JourneyBed.open(0);
}, 720_000);
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
});
afterAll(() => bed?.close());

async function connected({ url, mqttPort, token }: DoorTarget, index: number): Promise<MqttClient> {
  const address = index % 2 === 0 ? `${url.replace('http', 'ws')}/mqtt` : `mqtt://127.0.0.1:${mqttPort}`;
  const protocolVersion = index < 2 ? 5 : 4;
  const client = await connectAsync(address, {
    clientId: `sensor ${index}`,
    username: 'token',
    password: token,
    clean: false,
    protocolVersion,
    reconnectPeriod: 50,
    ...(protocolVersion === 5 ? { properties: { sessionExpiryInterval: 3_600 } } : {}),
  });
  clients.push(client);
  return client;
}

/** Publishes so many messages, several on their way at a time; `acknowledged` hears of each. */
async function publishAll(client: MqttClient, topic: string, name: string, count: number, acknowledged: () => void) {
  const waiting = new Set<Promise<void>>();
  for (let index = 0; index < count; index += 1) {
    const qos = index % 2 === 0 ? 1 : 2;
    const published: Promise<void> = client.publishAsync(topic, `${name} ${index}`, { qos }).then(() => {
      waiting.delete(published);
      acknowledged();
    });
    waiting.add(published);
    if (waiting.size >= inFlight) await Promise.race(waiting);
  }
  await Promise.all(waiting);
}

test('[L2] [L3] what a session repeats by itself over kills of the server is stored once', async () => {
  const room = await bed.room();
  const [kills, count, kinds] = [3, 60, 4];
  let acknowledged = 0;
  const all = await Promise.all(
    Array.from({ length: kinds }, async (_, index) => {
      const client = await connected(bed.target(await bed.person(room), room), index);
      return () =>
        publishAll(client, `rooms/${room}/messages`, `sensor ${index}`, count, () => {
          acknowledged += 1;
        });
    }),
  );
  const published = Promise.all(all.map((begin) => begin()));
  for (let kill = 1; kill <= kills; kill += 1) {
    await bed.until(
      () => acknowledged > (count * kinds * kill) / (kills + 1),
      () => `${acknowledged} acknowledgements`,
    );
    await bed.killAndRestart();
  }
  await published;
  const texts = (await bed.posted(room)).map(({ text }) => text);
  const expected = Array.from({ length: kinds }, (_, kind) =>
    Array.from({ length: count }, (__, n) => `sensor ${kind} ${n}`),
  );
  expect([...texts].sort()).toEqual(expected.flat().sort());
}, 360_000);

test('[L7] what a client that comes back by itself sees at QoS 2 is the log, once and in order, whenever it is cut off', async () => {
  const room = await bed.room();
  const [cuts, posts] = [15, 90];
  const heard = await Promise.all(
    Array.from({ length: 4 }, async (_, index) => {
      const client = await connected(bed.target(await bed.person(room), room), index);
      const seen: SeenMessage[] = [];
      client.on('message', (_topic, payload) => seen.push(JSON.parse(String(payload))));
      await client.subscribeAsync(`rooms/${room}/messages`, { qos: 2 });
      // Each at other places in the exchange of packets.
      let packets = 0;
      let left = cuts;
      client.on('packetreceive', () => {
        packets += 1;
        if (left === 0 || packets % (7 + index) !== 0) return;
        left -= 1;
        setImmediate(() => client.stream.destroy());
      });
      return { seen, cutsLeft: () => left };
    }),
  );
  for (let index = 0; index < posts; index += 1) await bed.post(room, `post ${index}`);
  const posted = (await bed.posted(room)).map(({ seq }) => seq);
  const seqs = (messages: readonly SeenMessage[]) => messages.map(({ seq }) => seq);
  await bed.until(
    () => heard.every(({ seen }) => seen.at(-1)?.seq === posted.at(-1)),
    () => `the end to be heard; heard to ${heard.map(({ seen }) => seen.at(-1)?.seq)}`,
  );
  expect(heard.map(({ cutsLeft }) => cutsLeft())).toEqual(heard.map(() => 0));
  for (const { seen } of heard) expect(seqs(seen)).toEqual(posted);
}, 360_000);

test.each([mqttTcpDoor, mqttWebSocketDoor])(
  '[L7] over $name the client of the journeys has what it had acknowledged with PUBREC when it was cut off',
  async (door) => {
    const room = await bed.room();
    let received = Promise.withResolvers<void>();
    const note = (what: string): void => {
      if (what.startsWith('sends pubrec')) received.resolve();
    };
    const client = await door.connect({ ...bed.target(await bed.person(room), room), note });
    for (let index = 0; index < 10; index += 1) {
      received = Promise.withResolvers();
      await bed.post(room, `post ${index}`);
      await received.promise;
      // PUBREC has left; PUBREL is still on its way.
      await new Promise((resolve) => setImmediate(resolve));
      await client.cut();
      await client.comeBack();
    }
    await bed.post(room, 'the end');
    await bed.until(
      () => client.seen.at(-1)?.text === 'the end',
      () => `the end to be seen; seen: ${client.seen.length}`,
    );
    expect(client.seen).toEqual(await bed.posted(room));
    await client.close();
  },
  360_000,
);
