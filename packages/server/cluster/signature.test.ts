import { describe, expect, it } from 'vitest';
import { endToEnd, type Passage, type PassedHead, sign, signatureHeader, verify } from './signature.ts';

const secret = 'kept by the instance';
const passage: Passage = {
  from: 'aaaaaaaa',
  to: 'bbbbbbbb',
  beat: 1_700_000_000_000,
  number: 7,
  address: '2001:db8::1',
};
const head: PassedHead = {
  method: 'POST',
  url: '/api/v1/connections/bbbbbbbb.x/frames?a=1',
  headers: ['Host', 'chat.example.org', 'Authorization', 'Bearer abc'],
};

describe('a signature', () => {
  it('tells who passes what on, and whose it is', () => {
    expect(verify(secret, sign(secret, passage, head), head)).toEqual(passage);
  });

  it.each<[string, Partial<PassedHead>]>([
    ['method', { method: 'DELETE' }],
    ['address', { url: '/api/v1/connections/bbbbbbbb.y/frames' }],
    ['fields', { headers: [...head.headers, 'Cookie', 'confab_session=x'] }],
    ['fields’ order', { headers: [...head.headers.slice(2), ...head.headers.slice(0, 2)] }],
  ])('is for one request only: not with other %s', (_, changes) => {
    expect(verify(secret, sign(secret, passage, head), { ...head, ...changes })).toBeUndefined();
  });

  it.each<[string, Partial<Passage>]>([
    ['sender', { from: 'cccccccc' }],
    ['recipient', { to: 'cccccccc' }],
    ['beat', { beat: passage.beat + 1 }],
    ['number', { number: 8 }],
    ['client', { address: '127.0.0.1' }],
  ])('covers the %s', (_, changes) => {
    const mac = sign(secret, passage, head).split(' ').at(-1) ?? '';
    const claimed = sign(secret, { ...passage, ...changes }, head)
      .split(' ')
      .slice(0, -1);
    expect(verify(secret, [...claimed, mac].join(' '), head)).toBeUndefined();
  });

  it.each(['', ' ', 'a b c', `${sign(secret, passage, head)}x`, sign('another', passage, head)])(
    'is not %j',
    (value) => {
      expect(verify(secret, value, head)).toBeUndefined();
    },
  );
});

describe('the fields that travel', () => {
  it('are all but those of one connection, as they came', () => {
    const raw = ['Host', 'a', 'Connection', 'keep-alive, x', 'X-A', '1', 'x-a', '2', 'Transfer-Encoding', 'chunked'];
    expect(endToEnd(raw)).toEqual(['Host', 'a', 'X-A', '1', 'x-a', '2']);
  });

  it('are never what a client sends under the signature’s name', () => {
    expect(endToEnd([signatureHeader.toUpperCase(), 'forged', 'Host', 'a'])).toEqual(['Host', 'a']);
  });
});
