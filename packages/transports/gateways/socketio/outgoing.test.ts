import type { EventFrame } from '@confab/protocol';
import { Decoder } from 'socket.io-parser';
import { describe, expect, test } from 'vitest';
import { SharedEvent } from '../../session/index.ts';
import { eventPacket, ownPacket, sharedEventPacket } from './outgoing.ts';

const log = 'room:00000000-0000-7000-8000-000000000001';
const logged = { log, epoch: 2, seq: 7, at: 5, by: 'ada' };
const posted = { event: 'message.posted', ...logged, data: { id: 'm', clientId: 'c', text: 'a "b"\n\u2028é' } };
const message = {
  id: 'm',
  room: log.slice(5),
  seq: 7,
  epoch: 2,
  author: 'ada',
  clientId: 'c',
  text: 'a "b"\n\u2028é',
  at: 5,
};
const edited = { event: 'message.edited', ...logged, data: { id: 'm', text: 'b' } };
const typing = { event: 'typing.changed', log, at: 5, data: { user: 'ada', typing: true } };

const shared = (frame: object) => new SharedEvent(frame as EventFrame, JSON.stringify(frame));

/** What the library's own parser makes of a packet. */
function decode(text: string): unknown {
  let packet: unknown;
  const decoder = new Decoder();
  decoder.on('decoded', (decoded) => {
    packet = decoded;
  });
  decoder.add(text);
  return packet;
}

describe('an event as a packet', () => {
  test.each<[string, object, string, string | undefined, unknown[]]>([
    ['a message is a plain value', posted, '/', '0.AQ', ['message', message, '0.AQ']],
    ['a message in a space', posted, '/Team Ä', '0.AQ', ['message', message, '0.AQ']],
    ['any other is its whole frame', edited, '/', '12.AQ-_', ['message.edited', edited, '12.AQ-_']],
    ['an ephemeral one has no offset', typing, '/home', undefined, ['typing.changed', typing]],
  ])('%s', (_, frame, namespace, offset, data) => {
    const { text } = eventPacket(shared(frame), namespace, offset);
    expect(decode(text)).toEqual({ type: 2, nsp: namespace, data });
  });

  test('goes over WebSocket in a frame that holds the packet as a message of Engine.IO', () => {
    const packet = eventPacket(shared(posted), '/', '0.AQ');
    const frame = packet.frame();
    expect(frame[0]).toBe(0x81);
    const start = (frame[1] ?? 0) < 126 ? 2 : 4;
    expect(frame.subarray(start).toString()).toBe(`4${packet.text}`);
    expect(packet.frame()).toBe(frame);
  });

  test('is made once for all who share it', () => {
    const event = shared(posted);
    let made = 0;
    const make = () => {
      made += 1;
      return eventPacket(event, '/', '0.AQ');
    };
    expect(sharedEventPacket(event, '/ 0', make)).toBe(sharedEventPacket(event, '/ 0', make));
    sharedEventPacket(event, '/home 0', make);
    expect(made).toBe(2);
  });

  test('of the gateway’s own is one like any other', () => {
    expect(decode(ownPacket('/home', 'cursor', '0.AQ').text)).toEqual({
      type: 2,
      nsp: '/home',
      data: ['cursor', '0.AQ'],
    });
  });
});
