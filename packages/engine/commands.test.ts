import { describe, expect, it } from 'vitest';
import { createTestEngine, TestClient, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);

describe('commands', () => {
  it('[C1] answers each once, by its id, in whatever order they finish', async () => {
    const { connect, domain, time } = createTestEngine();
    const client = await connect(ada);
    const finish: (() => void)[] = [];
    domain.onExecute = (_, __, params) => new Promise((resolve) => finish.push(() => resolve({ result: params })));
    const first = client.send('message.show', { n: 1 });
    const second = client.send('message.show', { n: 2 });
    await time.settle();
    finish[1]?.();
    await time.settle();
    finish[0]?.();
    await time.settle();
    expect(client.peer.frames.slice(1)).toEqual([
      { reply: second, result: { n: 2 } },
      { reply: first, result: { n: 1 } },
    ]);
  });

  it('[C2] starts the commands of one connection in their order, without waiting for answers', async () => {
    const { connect, domain, time } = createTestEngine();
    const client = await connect(ada);
    domain.hold = () => new Promise(() => {});
    const sent = Array.from({ length: 10 }, (_, n) => n);
    for (const n of sent.slice(0, 5)) client.send('message.post', n);
    const rest = sent.slice(5).map((n) => JSON.stringify({ id: 100 + n, command: 'message.post', params: n }));
    client.session.receive(rest.join('\n'));
    await time.settle();
    expect(domain.executed.map(({ params }) => params)).toEqual(sent);
  });

  it('[C3] refuses more unanswered commands than it told, and takes more once some are answered', async () => {
    const { connect, domain, time } = createTestEngine({ inFlight: 2 });
    const client = await connect(ada);
    const finish: (() => void)[] = [];
    domain.onExecute = () => new Promise((resolve) => finish.push(() => resolve({ result: {} })));
    const ids = [client.send('room.join'), client.send('room.join'), client.send('room.join')];
    await time.settle();
    expect(client.peer.reply(ids[2] as number)).toMatchObject({
      error: { code: 'too-many-in-flight', details: { limit: 2 } },
    });
    finish[0]?.();
    await time.settle();
    client.send('room.join');
    await time.settle();
    expect(finish).toHaveLength(3);
    expect(client.peer.closedWith).toBeNull();
  });

  it('[F3] takes several frames in one message', async () => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada);
    client.session.receive('{"id":7,"command":"connection.ping","params":{}}\n{"id":8,"command":"connection.ping"}');
    await time.settle();
    expect(client.peer.reply(7)).toMatchObject({ result: { serverTime: time.nowMs } });
    expect(client.peer.reply(8)).toMatchObject({ result: { serverTime: time.nowMs } });
  });

  it.each([
    ['no JSON', 'hello'],
    ['no object', '[]'],
    ['no id', '{"command":"connection.ping"}'],
    ['a negative id', '{"id":-1,"command":"connection.ping"}'],
    ['a command that is no text', '{"id":1,"command":7}'],
    ['nothing at all', ''],
  ])('[F6] ends a connection that sends %s, without starting anything', async (_, text) => {
    const { connect, domain } = createTestEngine();
    const client = await connect(ada);
    client.session.receive(text);
    expect(client.peer.closedWith).toBe('malformed');
    expect(domain.executed).toEqual([]);
  });

  it.each(['nothing.known', '__proto__', 'constructor', ''])('refuses the unknown command “%s”', async (command) => {
    const { connect, domain, time } = createTestEngine();
    const client = await connect(ada);
    const id = client.send(command);
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ error: { code: 'unknown-command', details: { command } } });
    expect(domain.executed).toEqual([]);
    expect(client.peer.closedWith).toBeNull();
  });

  it.each([
    ['connection.ping', { now: 1 }, 'now'],
    ['log.listen', { logs: [] }, 'logs'],
    ['log.listen', { logs: [{ log: 'room:1', level: 'live' }] }, 'logs.0.log'],
    ['log.listen', { logs: [{ log: testLog(1), level: 'loud' }] }, 'logs.0.level'],
    ['log.listen', { logs: [{ log: testLog(1), level: 'live', after: 3 }] }, 'logs.0'],
    ['log.listen', { logs: [1, 1].map((n) => ({ log: testLog(n), level: 'live' })) }, 'logs.1'],
    ['log.unlisten', {}, 'params'],
    ['log.read', { log: testLog(1), after: -1 }, 'after'],
  ])('refuses %s with %j and says where', async (command, params, path) => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada);
    const id = client.send(command, params);
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ error: { code: 'invalid-params', details: { path } } });
    expect(client.peer.closedWith).toBeNull();
  });

  it('[X2] passes a refusal on as it is, and tells what was thrown as internal', async () => {
    const { connect, domain, time, reports } = createTestEngine();
    const client = await connect(ada);
    domain.onExecute = async (_, command) => {
      if (command === 'room.join') throw new TypeError('at /secret/place.ts');
      return { error: { code: 'forbidden', message: 'no', retry: 'never' } };
    };
    const refused = client.send('room.leave');
    const broken = client.send('room.join');
    await time.settle();
    expect(client.peer.reply(refused)).toEqual({
      reply: refused,
      error: { code: 'forbidden', message: 'no', retry: 'never' },
    });
    expect(client.peer.reply(broken)).toMatchObject({ error: { code: 'internal' } });
    expect(JSON.stringify(client.peer.frames)).not.toContain('secret');
    expect(reports).toMatchObject([{ level: 'error', details: { command: 'room.join' } }]);
  });

  it('ends a connection that floods it, and not one that is merely quick', async () => {
    const { connect, engine, time, domain } = createTestEngine({ framesPerSecond: 10, framesBurst: 20 });
    const quick = await connect(ada);
    for (let i = 0; i < 10; i += 1) quick.send('connection.ping');
    await time.advance(1_000);
    for (let i = 0; i < 10; i += 1) quick.send('connection.ping');
    await time.settle();
    expect(quick.peer.closedWith).toBeNull();
    const flood = new TestClient(engine, { token: domain.addSession(ada).token });
    flood.hello();
    await time.settle();
    for (let i = 0; i < 20; i += 1) flood.send('connection.ping');
    expect(flood.peer.closedWith).toBe('flooding');
  });
});
