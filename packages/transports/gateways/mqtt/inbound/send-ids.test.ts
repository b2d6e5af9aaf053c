import { describe, expect, test } from 'vitest';
import { SendIds, type SendsState } from './send-ids.ts';

const send = (packetId: number, text: string, dup = false) => ({
  packetId,
  dup,
  topic: 'rooms/general/messages',
  payload: Buffer.from(text),
});

/** Ids of a connection that has an era of its own, and what was saved with it. */
function begun(state?: SendsState): { ids: SendIds; saved: SendsState } {
  const ids = new SendIds('ada sensor', 3, state);
  const saved = ids.toSave(true);
  ids.saved(saved);
  return { ids, saved };
}

describe('the client id of a message', () => {
  test('is the same when it comes again on the next connection, after an orderly end', () => {
    const { ids } = begun();
    const id = ids.idFor(send(1, 'on'));
    const next = new SendIds('ada sensor', 3, ids.toSave(false));
    expect(next.needsEra(send(1, 'on', true))).toBe(false);
    expect(next.idFor(send(1, 'on', true))).toBe(id);
  });

  test('is the same when it comes again after a kill, when nothing but the era was saved', () => {
    const { ids, saved } = begun();
    const id = ids.idFor(send(1, 'on'));
    expect(new SendIds('ada sensor', 3, saved).idFor(send(1, 'on', true))).toBe(id);
  });

  test('is the same over two kills, with other messages sent in between', () => {
    const first = begun();
    const id = first.ids.idFor(send(1, 'on'));
    const second = new SendIds('ada sensor', 3, first.saved);
    expect(second.idFor(send(1, 'on', true))).toBe(id);
    // The next new message has its era saved, and with it what is known so far.
    expect(second.needsEra(send(2, 'off'))).toBe(true);
    const saved = second.toSave(true);
    second.saved(saved);
    second.idFor(send(2, 'off'));
    expect(new SendIds('ada sensor', 3, saved).idFor(send(1, 'on', true))).toBe(id);
  });

  test('is another one for a new message with the same packet id and text, at any time', () => {
    const seen = new Set<string>();
    let { ids, saved } = begun();
    for (let life = 0; life < 3; life += 1) {
      for (let count = 0; count < 3; count += 1) seen.add(ids.idFor(send(1, 'ping')));
      saved = ids.toSave(false);
      ids.saved(saved);
      seen.add(ids.idFor(send(1, 'ping')));
      // A kill: what was sent since is not known.
      ({ ids } = begun(saved));
    }
    expect(seen.size).toBe(12);
  });

  test('is another one for another text, topic, packet id or session', () => {
    const ids = [
      begun().ids.idFor(send(1, 'on')),
      begun().ids.idFor(send(1, 'off')),
      begun().ids.idFor(send(2, 'on')),
      begun().ids.idFor({ ...send(1, 'on'), topic: 'rooms/other/messages' }),
      new SendIds('eve sensor', 3, begun().saved).idFor(send(1, 'on')),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });

  test('of a repetition that is not known is not that of an earlier use of its packet id with other content', () => {
    const { ids } = begun();
    const id = ids.idFor(send(1, 'on'));
    expect(ids.idFor(send(1, 'off', true))).not.toBe(id);
  });

  test('is forgotten when too many are known', () => {
    const { ids } = begun();
    for (const packetId of [1, 2, 3, 4]) ids.idFor(send(packetId, 'on'));
    expect(ids.toSave(false).known.map(([packetId]) => packetId)).toEqual([2, 3, 4]);
  });

  test('asks for a new era when a packet id is used again', () => {
    const { ids } = begun();
    ids.idFor(send(1, 'on'));
    expect(ids.wantsEra).toBe(false);
    ids.idFor(send(1, 'on'));
    expect(ids.wantsEra).toBe(true);
    ids.saved(ids.toSave(false));
    expect(ids.wantsEra).toBe(false);
  });
});
