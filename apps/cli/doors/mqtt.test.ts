import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DoorTarget } from './door-client.ts';
import { JourneyBed } from './journey-bed.ts';

/** The stock client as it comes: it comes back by itself, repeats by itself, and gives its messages no ids. */
const clients: MqttClient[] = [];
const inFlight = 5;

let bed: JourneyBed;
beforeAll(async () => {
  bed = await JourneyBed.open(0);
}, 240_000);
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
}, 120_000);
