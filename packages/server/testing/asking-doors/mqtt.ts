import { randomUUID } from 'node:crypto';
import { connect, type MqttClient } from 'mqtt';
import { type AskingDoor, codeIn, codeOf, endedBefore, type Told } from '../asking-door.ts';
import type { Reply } from '../http-asker.ts';

/** The stock client over WebSocket, with MQTT 5's request and response. */
export const mqttDoor: AskingDoor = {
  name: 'MQTT',
  door: 'mqtt',
  signedInOnly: true,
  notTaken: { 'presence.watch': 'Subscribing to `people/…/presence` stands for it.' },
  async ask(url, token, command, params) {
    const client = connect(`${url.replace('http', 'ws')}/mqtt`, {
      clientId: randomUUID(),
      protocolVersion: 5,
      ...(token === null ? {} : { username: 'token', password: token }),
      reconnectPeriod: 0,
    });
    try {
      return await outcomeOf(client, command, params);
    } finally {
      client.end(true);
    }
  },
};

function outcomeOf(client: MqttClient, command: Parameters<AskingDoor['ask']>[2], params: unknown): Promise<Told> {
  const { promise, resolve, reject } = Promise.withResolvers<Told>();
  const responseTopic = 'answers/asked';
  // Which code it was is in the reason string: several share a reason code.
  client.on('packetreceive', (packet) => {
    if (packet.cmd === 'connack' && packet.reasonCode !== 0) resolve(codeIn(packet.properties?.reasonString));
  });
  client.on('error', reject);
  client.on('close', () => {
    try {
      resolve(endedBefore(command, 'closed'));
    } catch (error) {
      reject(error);
    }
  });
  client.on('message', (topic, payload) => {
    if (topic === responseTopic) resolve(codeOf(JSON.parse(String(payload)) as Reply));
  });
  client.on('connect', () => {
    client.subscribe(responseTopic);
    client.publish(`commands/${command}`, JSON.stringify(params), { qos: 1, properties: { responseTopic } }, () => {});
  });
  return promise;
}
