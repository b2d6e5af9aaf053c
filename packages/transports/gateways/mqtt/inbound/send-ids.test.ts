import { beforeEach, describe, expect, test } from 'vitest';
import { SendIds, type SendsState, type SentPacket } from './send-ids.ts';

const send = (packetId: number, text: string, dup = false): SentPacket => ({
  packetId,
  dup,
  topic: 'rooms/general/messages',
  payload: Buffer.from(text),
});

/** What is stored, by its id, and what was saved of the session. */
let stored: Map<string, string>;
let saved: SendsState | undefined;
let nowMs: number;
beforeEach(() => {
  stored = new Map();
  saved = undefined;
  nowMs = 0;
});

/** One connection of a session: sends messages as the gateway does, and saves when it has to. */
class Connection {
  readonly ids = new SendIds('ada sensor', 3, saved);

  /** Answers with the id. `acked`: the acknowledgement left the server. */
  say(packet: SentPacket, acked = true): string {
    this.ids.heard(nowMs);
    if (this.ids.needsEra(packet)) this.save(true);
    const id = this.ids.idFor(packet);
    this.ids.answered(!stored.has(id));
    if (!stored.has(id)) stored.set(id, String(packet.payload));
    if (acked) this.ids.acknowledged(packet.packetId, nowMs);
    return id;
  }

  save(next = false): void {
    saved = this.ids.toSave(next);
    this.ids.saved(saved);
  }

  /** An end in order; without it, the server was killed. */
  end(): void {
    this.save(true);
  }
}

/** Client libraries that set the DUP flag, and those that do not. */
describe.each([true, false])('a message that comes again with the DUP flag %j', (dup) => {
  test('is the same after a cut', () => {
    const first = new Connection();
    const ids = [first.say(send(7, 'on')), first.say(send(8, 'off'))];
    first.end();
    const second = new Connection();
    expect([second.say(send(7, 'on', dup)), second.say(send(8, 'off', dup))]).toEqual(ids);
  });

  test('is the same after a kill, wherever it fell', () => {
    for (const saveAfter of [0, 1, 2, 3, 4]) {
      stored = new Map();
      saved = undefined;
      const first = new Connection();
      for (const [index, text] of ['a', 'b', 'c', 'd'].entries()) {
        first.say(send(7 + index, text));
        if (index + 1 === saveAfter) first.save();
      }
      const second = new Connection();
      // Three at most are known; what was sent since the last saving is found by its era.
      for (const [index, text] of ['b', 'c', 'd'].entries()) second.say(send(8 + index, text, dup));
      second.say(send(11, 'new'));
      expect([...stored.values()]).toEqual(['a', 'b', 'c', 'd', 'new']);
    }
  });

  test('is the same over two kills, with new messages in between', () => {
    new Connection().say(send(1, 'a'));
    const second = new Connection();
    second.say(send(1, 'a', dup));
    second.say(send(2, 'b'));
    second.say(send(3, 'c'));
    const third = new Connection();
    third.say(send(1, 'a', dup));
    third.say(send(2, 'b', dup));
    third.say(send(3, 'c', dup));
    expect([...stored.values()]).toEqual(['a', 'b', 'c']);
  });
});

describe('a new message with the packet id and text of another', () => {
  test('is another one in the same connection', () => {
    const connection = new Connection();
    for (let count = 0; count < 5; count += 1) {
      connection.say(send(1, 'ping'));
      if (count % 2 === 0) connection.save();
    }
    expect(stored.size).toBe(5);
  });

  test.each(['cut', 'kill'])('is another one after a %s when the acknowledgement of the first was read', (end) => {
    for (let life = 0; life < 4; life += 1) {
      const connection = new Connection();
      connection.say(send(1, 'ping'));
      nowMs += 6_000;
      expect(connection.ids.heard(nowMs)).toBe(true);
      connection.save();
      connection.say(send(2, 'pong'));
      nowMs += 6_000;
      connection.ids.heard(nowMs);
      if (end === 'cut') connection.end();
      else connection.save();
    }
    expect(stored.size).toBe(8);
  });

  test('is taken for a repetition when the acknowledgement of the first may have been lost: there is no telling', () => {
    const first = new Connection();
    first.say(send(1, 'ping'));
    first.end();
    new Connection().say(send(1, 'ping'));
    expect(stored.size).toBe(1);
  });
});

describe('the client id of a message', () => {
  test('is another one for another text, topic, packet id or session', () => {
    const ids = [
      new Connection().ids.idFor(send(1, 'on')),
      new Connection().ids.idFor(send(1, 'off')),
      new Connection().ids.idFor(send(2, 'on')),
      new Connection().ids.idFor({ ...send(1, 'on'), topic: 'rooms/other/messages' }),
      new SendIds('eve sensor', 3).idFor(send(1, 'on')),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });

  test('is known of so many sends only', () => {
    const { ids } = new Connection();
    for (const packetId of [1, 2, 3, 4]) ids.idFor(send(packetId, 'on'));
    expect(ids.toSave(false).known.map(([packetId]) => packetId)).toEqual([2, 3, 4]);
  });
});
