import { expect, test } from 'vitest';
import { demoPeople } from './demo-people.ts';
import { demoRooms } from './demo-rooms.ts';
import { demoMessages } from './demo-texts.ts';

test('the demo has every shape that a screen has to bear, in every room', () => {
  const messages = demoMessages(1_500);
  expect(messages).toHaveLength(1_500);
  expect(new Set(messages.map(({ room }) => room))).toEqual(new Set(demoRooms.map(({ name }) => name)));
  const all = messages.map(({ text }) => text).join('\n');
  for (const shape of [
    /```ts/,
    /^- \[x\]/m,
    /^\| ---/m,
    /[\u0590-\u05ff]/,
    /[\u0600-\u06ff]/,
    /🎉/u,
    /https:\/\//,
    /\S{150}/,
  ]) {
    expect(all).toMatch(shape);
  }
  expect(messages.some(({ edit }) => edit)).toBe(true);
  expect(messages.some(({ remove }) => remove)).toBe(true);
  for (const { text } of messages) expect(text).not.toContain('{thing}');
});

test('the same seed gives the same demo', () => {
  expect(demoMessages(200)).toEqual(demoMessages(200));
  expect(demoMessages(200)).not.toEqual(demoMessages(200, 2));
});

test('links lead nowhere but to example domains, and handles are distinct', () => {
  const links = demoMessages(1_500).flatMap(({ text }) => text.match(/https?:\/\/[^/\s]+/g) ?? []);
  expect(new Set(links)).toEqual(new Set(['https://example.org']));
  expect(new Set(demoPeople.map(({ handle }) => handle)).size).toBe(demoPeople.length);
});
