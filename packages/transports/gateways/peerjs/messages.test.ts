import { limits } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { expireMessage, saidIn, signalMessage } from './messages.ts';

const payload = {
  sdp: { type: 'offer', sdp: 'v=0\r\n' },
  type: 'data',
  connectionId: 'dc_1',
  metadata: { a: ['日本'] },
};

describe('what a client says', () => {
  test.each([
    ['OFFER', 'offer'],
    ['ANSWER', 'answer'],
    ['CANDIDATE', 'candidate'],
    ['LEAVE', 'leave'],
  ])('%s is passed on as %s, with what it carries', (type, kind) => {
    expect(saidIn(JSON.stringify({ type, dst: 'ben', payload }))).toEqual({
      what: 'signal',
      signal: { peer: 'ben', kind, payload: JSON.stringify(payload) },
    });
  });

  test('who sends is never what the client says', () => {
    const said = saidIn(JSON.stringify({ type: 'OFFER', src: 'somebody else', dst: 'ben', payload: 1 }));
    expect(said).toEqual({ what: 'signal', signal: { peer: 'ben', kind: 'offer', payload: '1' } });
  });

  test.each([
    ['a heartbeat', '{"type":"HEARTBEAT"}', 'heartbeat'],
    ['a type that nobody knows', '{"type":"SING","dst":"ben"}', 'heartbeat'],
    ['a type of the language', '{"type":"constructor","dst":"ben"}', 'heartbeat'],
    ['what only the server says', '{"type":"EXPIRE","dst":"ben","payload":{}}', 'heartbeat'],
    ['an offer to nobody', '{"type":"OFFER","payload":{}}', 'heartbeat'],
    ['an offer to a number', '{"type":"OFFER","dst":5,"payload":{}}', 'heartbeat'],
    ['leaving for good', '{"type":"LEAVE"}', 'farewell'],
    ['no JSON', 'hello', 'malformed'],
    ['nothing', '', 'malformed'],
    ['a number', '5', 'malformed'],
    ['null', 'null', 'malformed'],
    ['no type', '{"dst":"ben"}', 'malformed'],
    ['a type that is no text', '{"type":7}', 'malformed'],
    ['an id over the bound', JSON.stringify({ type: 'OFFER', dst: 'x'.repeat(65), payload: 1 }), 'too-large'],
  ])('%s', (_, text, what) => {
    expect(saidIn(text)).toEqual({ what });
  });

  test('a payload of the largest size is passed on, one character more is not', () => {
    const offer = (chars: number) => JSON.stringify({ type: 'OFFER', dst: 'ben', payload: 'x'.repeat(chars - 2) });
    expect(saidIn(offer(limits.signalChars)).what).toBe('signal');
    expect(saidIn(offer(limits.signalChars + 1)).what).toBe('too-large');
  });
});

describe('what a client is told', () => {
  const signal = { from: 'ada', peer: 'ben', kind: 'offer', payload: JSON.stringify(payload) } as const;

  test('a signal is what the other client said', () => {
    expect(JSON.parse(signalMessage(signal) ?? '')).toEqual({ type: 'OFFER', src: 'ada', dst: 'ben', payload });
    expect(JSON.parse(signalMessage({ ...signal, kind: 'leave', payload: '' }) ?? '')).toEqual({
      type: 'LEAVE',
      src: 'ada',
      dst: 'ben',
    });
  });

  test.each([
    ['of another kind', { kind: 'data' }],
    ['that is not JSON', { payload: '{"type":"OPEN"},' }],
  ] as const)('a signal %s is not told', (_, other) => {
    expect(signalMessage({ ...signal, ...other })).toBeUndefined();
  });

  test('a payload cannot become a message of its own', () => {
    const told = signalMessage({ ...signal, payload: '"\\"},\\"type\\":\\"OPEN\\""' });
    expect(JSON.parse(told ?? '')).toMatchObject({ type: 'OFFER', src: 'ada' });
  });

  test('an expiry comes from the one who was not there', () => {
    expect(JSON.parse(expireMessage('ada', 'ben'))).toEqual({ type: 'EXPIRE', src: 'ben', dst: 'ada' });
  });
});
