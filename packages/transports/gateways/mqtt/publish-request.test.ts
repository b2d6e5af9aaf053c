import type { IPublishPacket } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { publishRequest } from './publish-request.ts';

type Properties = IPublishPacket['properties'];
const request = (topic: string, payload: string | Buffer, properties: Properties = {}, retain = false) =>
  publishRequest({ topic, payload: Buffer.from(payload as Buffer), retain, ...(properties ? { properties } : {}) });
const json = { contentType: 'application/json' };
const messages = 'rooms/general/messages';

describe('a PUBLISH to a room', () => {
  test.each<[title: string, payload: string, properties: Properties, text: string, clientId: string | null]>([
    ['is its payload', 'hello', {}, 'hello', null],
    ['may have line feeds and any script', 'a\n日本 🎨', {}, 'a\n日本 🎨', null],
    ['may be a JSON object with a text', '{"text":"hello"}', {}, 'hello', null],
    ['may bring its own id', '{"text":"hello","clientId":"c1"}', json, 'hello', 'c1'],
    ['may bring its own id as a user property', 'hello', { userProperties: { 'client-id': 'c2' } }, 'hello', 'c2'],
    [
      'takes the id of the object before the property’s',
      '{"text":"x","clientId":"c1"}',
      { userProperties: { 'client-id': 'c2' } },
      'x',
      'c1',
    ],
    ['is verbatim when it is some other object', '{"celsius":21}', {}, '{"celsius":21}', null],
    ['is verbatim when it has more than a text', '{"text":"a","b":1}', {}, '{"text":"a","b":1}', null],
    ['is verbatim when it is broken JSON', '{"text":', {}, '{"text":', null],
    [
      'is verbatim when it is called a text',
      '{"text":"hello"}',
      { contentType: 'text/plain' },
      '{"text":"hello"}',
      null,
    ],
    ['is verbatim when it is a JSON array', '["a"]', {}, '["a"]', null],
    ['may be empty, which the domain refuses', '', {}, '', null],
  ])('%s', (_, payload, properties, text, clientId) => {
    expect(request(messages, payload, properties)).toEqual({ kind: 'post', room: 'general', text, clientId });
  });

  test.each<[title: string, payload: string | Buffer, properties: Properties, why: string]>([
    ['not UTF-8', Buffer.from([0xff]), {}, 'not-utf8'],
    ['called JSON and is none', 'hello', json, 'not-json'],
    ['called JSON and has no text', '{"celsius":21}', json, 'not-json'],
    ['called JSON with an id that is no text', '{"text":"a","clientId":7}', json, 'not-json'],
  ])('is refused when it is %s', (_, payload, properties, why) => {
    expect(request(messages, payload, properties)).toEqual({ kind: 'wrong', why });
  });

  test('with the retain flag is a post like any other; an empty one has no effect', () => {
    expect(request(messages, 'hello', {}, true)).toMatchObject({ kind: 'post', text: 'hello' });
    expect(request(messages, '', {}, true)).toEqual({ kind: 'nothing' });
  });
});

describe('a PUBLISH elsewhere', () => {
  test.each([
    ['rooms/general/typing', 'true', { kind: 'typing', room: 'general', typing: true }],
    ['rooms/general/typing', ' false\n', { kind: 'typing', room: 'general', typing: false }],
    ['rooms/general/typing', 'yes', { kind: 'wrong', why: 'not-a-value' }],
    ['people/me/presence', 'away', { kind: 'presence', person: 'me', state: 'away' }],
    ['people/me/presence', 'offline', { kind: 'wrong', why: 'not-a-value' }],
    ['commands/room.show', '{"room":"r"}', { kind: 'command', command: 'room.show', params: { room: 'r' } }],
    ['commands/account.home', '', { kind: 'command', command: 'account.home', params: {} }],
    ['commands/room.show/tag', '[]', { kind: 'command', command: 'room.show', params: [] }],
    ['commands/room.show', '{', { kind: 'wrong', why: 'not-json' }],
    ['rooms/general/events', '{}', { kind: 'wrong', why: 'no-such-topic' }],
    ['sensors/kitchen', '21', { kind: 'wrong', why: 'no-such-topic' }],
  ])('%s %j', (topic, payload, expected) => {
    expect(request(topic, payload)).toEqual(expected);
  });
});
