import type { EventFrame } from '@confab/protocol';
import { parser } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { SharedEvent } from '../../session/index.ts';
import { encodePublish, type OutgoingPublish, publicationOf } from './event-publication.ts';

const id = '00000000-0000-7000-8000-000000000001';
const posted = {
  event: 'message.posted',
  log: `room:${id}`,
  epoch: 2,
  seq: 5,
  at: 9,
  by: 'author',
  data: { id: 'm', clientId: 'c', text: 'hello' },
};
const event = (frame: object) => new SharedEvent(frame as EventFrame, JSON.stringify(frame));
const told = (kind: Parameters<typeof publicationOf>[0], frame: object) => {
  const publication = publicationOf(kind, event(frame));
  return publication && { text: String(publication.payload), user: publication.properties.userProperties };
};

describe('what is published of an event', () => {
  test('a message as plain values, its place as user properties', () => {
    const { text, user } = told('messages', posted) ?? { text: '' };
    expect(JSON.parse(text)).toEqual({
      id: 'm',
      room: id,
      seq: 5,
      epoch: 2,
      author: 'author',
      clientId: 'c',
      text: 'hello',
      at: 9,
    });
    expect(user).toEqual({ seq: '5', epoch: '2', author: 'author' });
  });

  test('on the events topic every event as its whole frame', () => {
    expect(told('events', posted)).toEqual({
      text: JSON.stringify(posted),
      user: { event: 'message.posted', seq: '5', epoch: '2', author: 'author' },
    });
    const renamed = { ...posted, event: 'room.renamed', by: null, data: { name: 'x' } };
    expect(told('events', renamed)?.user).toEqual({ event: 'room.renamed', seq: '5', epoch: '2' });
  });

  test('typing as who and whether; nothing that has no place', () => {
    const typing = { event: 'typing.changed', log: `room:${id}`, at: 1, data: { user: 'u', typing: true } };
    expect(told('typing', typing)?.text).toBe('{"user":"u","typing":true}');
    expect(told('events', typing)).toBeUndefined();
    expect(told('messages', typing)).toBeUndefined();
    expect(told('typing', posted)).toBeUndefined();
  });
});

describe('the packets of an event', () => {
  const shared = event(posted);
  const outgoing = (qos: 0 | 1 | 2, more: Partial<OutgoingPublish['copy']> = {}): OutgoingPublish => ({
    copy: { topic: `rooms/${id}/messages`, qos, ids: [], canonical: true, ...more },
    publication: publicationOf('messages', shared) ?? { payload: Buffer.alloc(0), properties: {} },
    retain: false,
    of: { event: shared, kind: 'messages' },
  });
  const decoded = (bytes: Buffer, protocolVersion: number) => {
    const found: object[] = [];
    const reader = parser({ protocolVersion });
    reader.on('packet', (packet) => found.push(packet));
    reader.parse(bytes);
    return found[0];
  };

  test('of QoS 0 are one buffer for everybody', () => {
    expect(encodePublish(outgoing(0), 5, 0, false)).toBe(encodePublish(outgoing(0), 5, 0, false));
  });

  test.each([4, 5] as const)('of QoS 1 and 2 differ in the packet id only (MQTT level %i)', (version) => {
    for (const qos of [1, 2] as const) {
      for (const packetId of [1, 258, 65_535]) {
        const bytes = encodePublish(outgoing(qos), version, packetId, false);
        expect(decoded(bytes, version)).toMatchObject({ qos, messageId: packetId, dup: false, retain: false });
        expect(JSON.parse(String((decoded(bytes, version) as { payload: Buffer }).payload))).toMatchObject({
          text: 'hello',
        });
      }
    }
  });

  test('say what is particular to a session: another name, an identifier, a repetition, correlation data', () => {
    const named = encodePublish(outgoing(1, { topic: 'rooms/general/messages', canonical: false }), 5, 3, false);
    expect(decoded(named, 5)).toMatchObject({ topic: 'rooms/general/messages', messageId: 3 });
    const identified = encodePublish(outgoing(0, { ids: [7, 300] }), 5, 0, false);
    expect(decoded(identified, 5)).toMatchObject({ properties: { subscriptionIdentifier: [7, 300] } });
    expect(decoded(encodePublish(outgoing(1), 5, 4, true), 5)).toMatchObject({ dup: true, messageId: 4 });
    const answer = { ...outgoing(0), correlationData: Buffer.from('x') };
    const { of: _, ...unshared } = answer;
    expect(decoded(encodePublish(unshared, 5, 0, false), 5)).toMatchObject({
      properties: { correlationData: Buffer.from('x') },
    });
    expect(decoded(encodePublish({ ...unshared, retain: true }, 4, 0, false), 4)).toMatchObject({ retain: true });
  });
});
