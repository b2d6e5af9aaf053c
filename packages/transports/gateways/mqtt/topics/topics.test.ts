import { describe, expect, test } from 'vitest';
import { Subscriptions } from './subscriptions.ts';
import { filterMatches, isTopicFilter } from './topic-filter.ts';
import { interestsOf, publishTargetOf } from './topic-shapes.ts';

describe('a topic filter', () => {
  test.each(['a', '/', '//', 'a/b', '+', '#', '+/+', 'a/+/b', 'a/#', '+/#', '/+', 'rooms/日本/messages'])(
    'may be %s',
    (filter) => {
      expect(isTopicFilter(filter)).toBe(true);
    },
  );

  test.each(['', 'a#', '#/a', 'a/#/b', 'a+', '+a', 'a/b+/c', 'a/##', '++'])('may not be %j', (filter) => {
    expect(isTopicFilter(filter)).toBe(false);
  });

  // MQTT 5.0, sections 4.7.1 to 4.7.3.
  test.each([
    ['sport/tennis/player1/#', 'sport/tennis/player1', true],
    ['sport/tennis/player1/#', 'sport/tennis/player1/ranking', true],
    ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
    ['sport/#', 'sport', true],
    ['#', 'a/b/c', true],
    ['sport/tennis/+', 'sport/tennis/player1', true],
    ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
    ['sport/+', 'sport', false],
    ['sport/+', 'sport/', true],
    ['+/+', '/finance', true],
    ['/+', '/finance', true],
    ['+', '/finance', false],
    ['#', '$SYS/x', false],
    ['+/monitor/Clients', '$SYS/monitor/Clients', false],
    ['$SYS/#', '$SYS/x', true],
    ['a', 'A', false],
    ['a/b', 'a', false],
    ['a', 'a/b', false],
  ])('%s and %s: %s', (filter, topic, matches) => {
    expect(filterMatches(filter, topic)).toBe(matches);
  });
});

describe('what a filter means', () => {
  const kinds = (filter: string) =>
    interestsOf(filter).map(({ kind, name }) => (name === null ? kind : `${kind} ${name}`));

  test.each([
    ['rooms/general/messages', ['messages general']],
    ['rooms/general/messages/#', ['messages general']],
    ['rooms/+/messages', ['messages']],
    ['rooms/general/+', ['messages general', 'events general', 'typing general']],
    ['rooms/#', ['messages', 'events', 'typing']],
    ['rooms/general/#', ['messages general', 'events general', 'typing general']],
    ['+/general/events', ['events general', 'space general', 'answers']],
    ['people/ada/presence', ['presence ada']],
    ['people/+/presence', ['presence']],
    ['inbox/events', ['inbox']],
    ['inbox/+', ['inbox']],
    ['answers/#', ['answers']],
    ['answers/mine', ['answers']],
    ['#', ['messages', 'events', 'typing', 'presence', 'space', 'inbox', 'answers']],
    ['rooms/general', []],
    ['rooms/general/messages/more', []],
    ['commands/room.show', []],
    ['sensors/kitchen', []],
    ['Rooms/general/messages', []],
  ])('%s', (filter, expected) => {
    expect(kinds(filter)).toEqual(expected);
  });
});

describe('where something may be published', () => {
  test.each([
    ['rooms/general/messages', { kind: 'messages', name: 'general' }],
    ['rooms/Team%2Fgeneral/messages', { kind: 'messages', name: 'Team/general' }],
    ['rooms/100%/messages', { kind: 'messages', name: '100%' }],
    ['rooms/general/typing', { kind: 'typing', name: 'general' }],
    ['people/me/presence', { kind: 'presence', name: 'me' }],
    ['commands/room.show', { kind: 'command', name: 'room.show' }],
    ['commands/room.show/17/a', { kind: 'command', name: 'room.show' }],
    ['rooms/general/events', undefined],
    ['inbox/events', undefined],
    ['answers/x', undefined],
    ['commands', undefined],
    ['$SYS/x', undefined],
  ])('%s', (topic, target) => {
    expect(publishTargetOf(topic)).toEqual(target);
  });
});

describe('copies of something', () => {
  const subscription = (filter: string, qos: 0 | 1 | 2, target: string | null, more: object = {}) => {
    const interests = interestsOf(filter).map((interest) => ({ ...interest, target }));
    return { filter, qos, noLocal: false, id: null, interests, ...more };
  };

  test('overlapping filters that give the topic one name get one copy, at the highest QoS, with all identifiers', () => {
    const subscriptions = new Subscriptions();
    subscriptions.put(subscription('rooms/+/messages', 1, null, { id: 3 }));
    subscriptions.put(subscription('rooms/#', 2, null, { id: 4 }));
    expect(subscriptions.copiesOf('messages', 'r1')).toEqual([
      { topic: 'rooms/r1/messages', qos: 2, ids: [3, 4], canonical: true },
    ]);
  });

  test('a filter with a name gets a copy under that name', () => {
    const subscriptions = new Subscriptions();
    subscriptions.put(subscription('rooms/+/messages', 1, null));
    subscriptions.put(subscription('rooms/general/messages', 0, 'r1'));
    expect(subscriptions.copiesOf('messages', 'r1').map(({ topic, qos }) => `${topic} ${qos}`)).toEqual([
      'rooms/r1/messages 1',
      'rooms/general/messages 0',
    ]);
    expect(subscriptions.copiesOf('messages', 'r2').map(({ topic }) => topic)).toEqual(['rooms/r2/messages']);
  });

  test('No Local leaves out what is one’s own, and only for its subscription', () => {
    const subscriptions = new Subscriptions();
    subscriptions.put(subscription('rooms/+/messages', 1, null, { noLocal: true }));
    expect(subscriptions.copiesOf('messages', 'r1', true)).toEqual([]);
    subscriptions.put(subscription('rooms/#', 0, null));
    expect(subscriptions.copiesOf('messages', 'r1', true)).toMatchObject([{ qos: 0 }]);
    expect(subscriptions.copiesOf('messages', 'r1', false)).toMatchObject([{ qos: 1 }]);
  });

  test('a filter that is put again counts as it was put last; one that is gone counts no more', () => {
    const subscriptions = new Subscriptions();
    subscriptions.put(subscription('rooms/+/messages', 1, null));
    expect(subscriptions.copiesOf('messages', 'r1')).toMatchObject([{ qos: 1 }]);
    subscriptions.put(subscription('rooms/+/messages', 2, null));
    expect(subscriptions.copiesOf('messages', 'r1')).toMatchObject([{ qos: 2 }]);
    expect(subscriptions.delete('rooms/+/messages')).toBe(true);
    expect(subscriptions.copiesOf('messages', 'r1')).toEqual([]);
  });
});
