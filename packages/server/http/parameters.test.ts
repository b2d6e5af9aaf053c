import { commands } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { parametersOf } from './parameters.ts';

const list = commands['message.list'].params;
const post = commands['message.post'].params;
const of = (schema: typeof list | typeof post, parts: { params?: unknown; query?: unknown; body?: unknown }) =>
  parametersOf(schema, { params: {}, query: {}, body: undefined, ...parts });

describe('the parameters of a request', () => {
  it('come from the path and the body', () => {
    expect(of(post, { params: { room: 'r' }, body: { text: 'hi', clientId: 'c' } })).toEqual({
      room: 'r',
      text: 'hi',
      clientId: 'c',
    });
  });

  it('come from the path and the query where there is no body', () => {
    expect(of(list, { params: { room: 'r' }, query: { limit: '5' } })).toEqual({ room: 'r', limit: 5 });
  });

  it('are those of the path where body or query say otherwise', () => {
    expect(of(post, { params: { room: 'r' }, body: { room: 'other', text: '' } })).toEqual({ room: 'r', text: '' });
    expect(of(list, { params: { room: 'r' }, query: { room: 'other' } })).toEqual({ room: 'r' });
  });

  it('are not looked for in the query when there is a body', () => {
    expect(of(post, { params: { room: 'r' }, query: { text: 'from the address' }, body: {} })).toEqual({ room: 'r' });
  });

  it.each([
    ['5', 5],
    ['-5', -5],
    ['0', 0],
    ['5.5', '5.5'],
    ['5e3', '5e3'],
    ['0x10', '0x10'],
    [' 5', ' 5'],
    ['', ''],
    ['9'.repeat(16), '9'.repeat(16)],
    [
      ['1', '2'],
      ['1', '2'],
    ],
  ])('become a number if they are one: %j', (text, wanted) => {
    expect(of(list, { query: { limit: text } })).toEqual({ limit: wanted });
  });

  it('stay texts where a text is wanted, however they look', () => {
    expect(of(post, { params: { room: '12' } })).toEqual({ room: '12' });
  });

  it('become a truth value only if they say so', () => {
    const schema = { properties: { away: { type: 'boolean' } } } as unknown as typeof list;
    expect(of(schema, { query: { away: 'true' } })).toEqual({ away: true });
    expect(of(schema, { query: { away: 'false' } })).toEqual({ away: false });
    expect(of(schema, { query: { away: '1' } })).toEqual({ away: '1' });
  });

  it('of the body are taken as they are: a number in quotes is a text', () => {
    expect(of(list, { params: { room: 'r' }, body: { limit: '5' } })).toEqual({ room: 'r', limit: '5' });
  });

  it.each([[[1]], ['text'], [7], [true], [null]])('are not made from a body that is no object: %j', (body) => {
    expect(of(post, { params: { room: 'r' }, body })).toEqual(body);
  });

  it('keep unknown names, for validation to refuse, and change no prototype', () => {
    const body = JSON.parse('{"colour":"red","__proto__":{"text":"x"}}') as unknown;
    const made = of(post, { params: { room: 'r' }, body }) as Record<string, unknown>;
    expect(Object.keys(made).sort()).toEqual(['__proto__', 'colour', 'room']);
    expect(made.text).toBeUndefined();
  });

  it('with names that every object has are not coerced by accident', () => {
    expect(of(list, { query: { constructor: '1', toString: 'true' } })).toEqual({ constructor: '1', toString: 'true' });
  });
});
