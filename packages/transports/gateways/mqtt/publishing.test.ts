import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { roomId } from '../../testing/test-world.ts';
import { until } from '../../testing/until.ts';
import { password } from './testing/mqtt-world.ts';
import { OpenGateway } from './testing/open-gateway.ts';

let gateway: OpenGateway;
beforeEach(async () => {
  gateway = await OpenGateway.open();
});
afterEach(async () => {
  await gateway.close();
  expect(gateway.reported).toEqual([]);
});

const room = 'rooms/room-1/messages';

describe('a message', () => {
  test('of each QoS is posted once, and its exchange completed', async () => {
    const client = await gateway.connect();
    client.publish(room, 'zero', { qos: 0 });
    client.publish(room, 'one', { qos: 1, messageId: 1 });
    client.publish(room, 'two', { qos: 2, messageId: 2 });
    client.publish(room, 'two', { qos: 2, messageId: 2, dup: true });
    await until(() => client.of('pubrec').length === 2);
    client.send({ cmd: 'pubrel', messageId: 2 });
    expect(await client.hears('pubcomp')).toMatchObject({ messageId: 2, reasonCode: 0 });
    expect(await client.hears('puback')).toMatchObject({ messageId: 1, reasonCode: 0 });
    expect(gateway.texts(1)).toEqual(['zero', 'one', 'two']);
  });

  test('can be sent again under its packet id once the exchange is over', async () => {
    const client = await gateway.connect();
    for (const text of ['first', 'second']) {
      client.publish(room, text, { qos: 2, messageId: 2 });
      await until(() => gateway.texts(1).includes(text));
      await until(() => client.of('pubrec').length === gateway.texts(1).length);
      client.send({ cmd: 'pubrel', messageId: 2 });
    }
    await until(() => client.of('pubcomp').length === 2);
    expect(gateway.texts(1)).toEqual(['first', 'second']);
  });

  test('that was stored before a kill is completed after it', async () => {
    const client = await gateway.connect();
    client.send({ cmd: 'pubrel', messageId: 77 });
    expect(await client.hears('pubcomp')).toMatchObject({ messageId: 77, reasonCode: 0 });
  });

  test('with the client’s own id is the same message however it is sent', async () => {
    const client = await gateway.connect();
    const properties = { userProperties: { 'client-id': 'mine' } };
    client.publish(room, 'once', { messageId: 1, properties });
    client.publish(room, JSON.stringify({ text: 'once', clientId: 'mine' }), { messageId: 2, qos: 2 });
    await client.hears('pubrec');
    expect(gateway.texts(1)).toEqual(['once']);
  });

  test('goes out though its client leaves at once', async () => {
    const client = await gateway.knock();
    client.connect({ username: 'token', password: Buffer.from(gateway.signIn()) });
    client.publish(room, 'hit', { qos: 0 });
    client.publish(room, 'and run', { qos: 1 });
    client.send({ cmd: 'disconnect' });
    client.socket.end();
    await until(() => gateway.texts(1).length === 2);
    expect(gateway.texts(1)).toEqual(['hit', 'and run']);
  });

  test('of many is stored in the order in which they were sent', async () => {
    const client = await gateway.connect({ protocolVersion: 4 });
    const texts = Array.from({ length: 300 }, (_, index) => `m${index}`);
    for (const [index, text] of texts.entries())
      client.publish(room, text, { messageId: index + 1, qos: index % 2 === 0 ? 1 : 0 });
    await until(() => gateway.texts(1).length === texts.length);
    expect(gateway.texts(1)).toEqual(texts);
    await until(() => client.of('puback').length === 150);
    expect(client.of('puback').map(({ messageId }) => messageId)).toEqual(
      texts.flatMap((_, index) => (index % 2 === 0 ? [index + 1] : [])),
    );
  });
});

describe('what is refused', () => {
  test.each<[topic: string, payload: string | Buffer, reason: number, code: string]>([
    ['rooms/nowhere/messages', 'x', 0x87, 'not-found'],
    [`rooms/${roomId(3)}/messages`, 'x', 0x87, 'not-found'],
    [room, '', 0x99, 'text-empty'],
    [room, Buffer.from([0xff]), 0x99, 'invalid-params'],
    ['rooms/room-1/typing', 'maybe', 0x99, 'invalid-params'],
    ['people/bob/presence', 'away', 0x87, 'forbidden'],
    ['commands/room.show', '{', 0x99, 'invalid-params'],
    ['commands/log.listen', '{}', 0x90, 'invalid-params'],
    ['rooms/room-1/events', 'x', 0x90, 'not-found'],
    ['$SYS/x', 'x', 0x90, 'not-found'],
    [`commands/room.show${'/x'.repeat(14)}`, '{', 0x99, 'invalid-params'],
  ])('on %s is told: in MQTT 5 by PUBACK, in 3.1.1 by an answer before it', async (topic, payload, reason, code) => {
    const client = await gateway.connect();
    client.publish(topic, payload as string);
    expect(await client.hears('puback')).toMatchObject({ reasonCode: reason, properties: { reasonString: code } });
    client.publish(topic, payload as string, { qos: 2, messageId: 2 });
    expect(await client.hears('pubrec')).toMatchObject({ reasonCode: reason });

    const older = await gateway.connect({ protocolVersion: 4 });
    await older.subscribe([{ topic: 'answers/#', qos: 0 }]);
    older.publish(topic, payload as string);
    await older.hears('puback');
    const [answer] = older.of('publish');
    expect(answer?.topic).toBe(`answers/${topic}`);
    expect(JSON.parse(String(answer?.payload)).error.code).toBe(code);
    expect(older.packets.indexOf(answer as never)).toBeLessThan(older.packets.findIndex(({ cmd }) => cmd === 'puback'));
  });

  test('for the moment is not acknowledged in MQTT 3.1.1, so that it comes again', async () => {
    gateway.refuse('message.post', 'storage-unavailable');
    const client = await gateway.connect({ protocolVersion: 4, clean: false });
    client.publish(room, 'hello', { messageId: 4 });
    await until(() => client.ended);
    expect(client.of('puback')).toEqual([]);
    const back = await gateway.connect({ protocolVersion: 4, clean: false });
    back.publish(room, 'hello', { messageId: 4, dup: true });
    await back.hears('puback');
    expect(gateway.texts(1)).toEqual(['hello']);
  });

  test('because it was too fast is tried again in its order', async () => {
    gateway.refuse('message.post', 'too-many-requests', 2, { retryAfterMs: 500 });
    const client = await gateway.connect();
    client.publish(room, 'one', { messageId: 1 });
    client.publish(room, 'two', { messageId: 2 });
    for (let waits = 1; waits <= 2; waits += 1) {
      await until(() => gateway.domain.executed.filter(({ command }) => command === 'message.post').length === waits);
      await gateway.time.advance(500);
    }
    await until(() => client.of('puback').length === 2);
    expect(client.of('puback').map(({ reasonCode }) => reasonCode)).toEqual([0, 0]);
    expect(gateway.texts(1)).toEqual(['one', 'two']);
  });
});

test.each(['x'.repeat(1_025), `commands/account.home/${'/'.repeat(20)}`])(
  'the topic %s is over its bounds',
  async (topic) => {
    const client = await gateway.connect();
    client.publish(topic, '{}');
    expect(await client.hears('puback')).toMatchObject({ reasonCode: 0x90 });
  },
);

describe('an answer', () => {
  test('to any command comes on the response topic with the correlation data (MQTT 5)', async () => {
    const client = await gateway.connect({ properties: { requestResponseInformation: true } });
    expect(client.connack?.properties?.responseInformation).toBe('answers/');
    await client.subscribe('answers/mine');
    const correlationData = Buffer.from([1, 2, 3]);
    client.publish('commands/room.members', '{"room":"r"}', {
      properties: { responseTopic: 'answers/mine', correlationData },
    });
    const answer = await client.hears('publish');
    expect(answer).toMatchObject({ topic: 'answers/mine', properties: { correlationData } });
    expect(JSON.parse(String(answer.payload))).toEqual({ result: { room: 'r' } });
  });

  test('to a post holds its id and its place', async () => {
    const client = await gateway.connect({ protocolVersion: 4 });
    await client.subscribe('answers/#');
    client.publish(room, '{"text":"hello","clientId":"c1"}');
    const { topic, payload } = await client.hears('publish');
    expect(topic).toBe(`answers/${room}`);
    expect(JSON.parse(String(payload))).toMatchObject({ clientId: 'c1', result: { id: 'm-hello', seq: 1, epoch: 1 } });
  });

  test('goes to whoever asked and to nobody else', async () => {
    const [asker, other] = [await gateway.connect({ clientId: 'a' }), await gateway.connect({ clientId: 'b' })];
    for (const client of [asker, other]) await client.subscribe('answers/#');
    asker.publish('commands/account.home', '');
    await asker.hears('publish');
    await other.settles();
    expect(other.of('publish')).toEqual([]);
  });

  test('is not made for somebody who does not listen, or on a topic of somebody else’s', async () => {
    const client = await gateway.connect();
    await client.subscribe([{ topic: 'rooms/room-1/messages', qos: 0, rh: 2 }]);
    client.publish('commands/account.home', '', { properties: { responseTopic: 'rooms/room-1/messages' } });
    await client.hears('puback');
    await client.settles();
    expect(client.of('publish')).toEqual([]);
  });
});

describe('presence', () => {
  test('is one’s own to set, as `me`, by handle or by id', async () => {
    const client = await gateway.connect();
    for (const [index, name] of ['me', 'ada'].entries()) {
      client.publish(`people/${name}/presence`, index === 0 ? 'away' : 'online', { messageId: index + 1 });
    }
    await until(() => client.of('puback').length === 2);
    expect(gateway.presences).toEqual(['away', 'online']);
  });
});

describe('a will', () => {
  const will = (properties: object = {}) => ({
    topic: room,
    payload: Buffer.from('gone'),
    qos: 1 as const,
    retain: false,
    properties,
  });

  test.each([4, 5] as const)(
    'is posted when its client goes without a word (MQTT level %i)',
    async (protocolVersion) => {
      const client = await gateway.connect({ protocolVersion, will: will() });
      await client.cut();
      await until(() => gateway.texts(1).includes('gone'));
    },
  );

  test('is forgotten with a DISCONNECT, and posted with one that says so (MQTT 5)', async () => {
    for (const reasonCode of [0x00, 0x04]) {
      const client = await gateway.connect({ will: will() });
      client.send({ cmd: 'disconnect', reasonCode });
      await until(() => client.ended);
    }
    await until(() => gateway.texts(1).length > 0);
    expect(gateway.texts(1)).toEqual(['gone']);
  });

  test('is posted when nothing is heard for one and a half keep-alives', async () => {
    const client = await gateway.connect({ keepalive: 10, will: will() });
    await gateway.time.advance(14_000);
    await client.settles();
    await gateway.time.advance(14_000);
    await client.settles();
    expect(client.ended).toBe(false);
    await gateway.time.advance(15_000);
    await until(() => client.ended);
    expect(client.of('disconnect')[0]?.reasonCode).toBe(0x8d);
    await until(() => gateway.texts(1).includes('gone'));
  });

  test('waits as long as it says, and is forgotten when the client comes back by then (MQTT 5)', async () => {
    const options = { clean: false, properties: { sessionExpiryInterval: 100 }, will: will({ willDelayInterval: 30 }) };
    const client = await gateway.connect(options);
    await client.cut();
    const saved = () => JSON.stringify([...gateway.cursors.values()]);
    const ended = () => until(() => /endedAt\\*":1/.test(saved()));
    await ended();
    await gateway.time.advance(29_000);
    const back = await gateway.connect(options);
    await gateway.time.advance(31_000);
    expect(gateway.texts(1)).toEqual([]);
    await back.cut();
    await ended();
    await gateway.time.advance(31_000);
    await until(() => gateway.texts(1).includes('gone'));
  });

  test('waits no longer than its session is kept (MQTT 5)', async () => {
    const client = await gateway.connect({ will: will({ willDelayInterval: 30 }) });
    await client.cut();
    await until(() => gateway.texts(1).includes('gone'));
  });

  test('of somebody who was signed out is not posted', async () => {
    const token = gateway.signIn();
    const client = await gateway.connect({ password: Buffer.from(token), will: will() });
    gateway.signOut(token);
    await until(() => client.ended);
    const other = await gateway.connect({ clientId: 'other' });
    await other.settles();
    expect(gateway.texts(1)).toEqual([]);
  });

  test('is posted before the session of a name and password ends', async () => {
    const client = await gateway.connect({ username: 'ada', password: Buffer.from(password), will: will() });
    await client.cut();
    await until(() => gateway.signedOut.length === 1);
    expect(gateway.texts(1)).toEqual(['gone']);
  });
});
