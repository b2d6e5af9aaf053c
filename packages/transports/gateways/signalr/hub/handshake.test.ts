import { describe, expect, test } from 'vitest';
import { records } from '../testing/bounds.ts';
import { handshakeResponse, readHandshake } from './handshake.ts';

const read = (bytes: Uint8Array) => readHandshake(bytes, 100);

describe('the handshake', () => {
  test.each([
    ['json', 1],
    ['json', 2],
    ['messagepack', 1],
    ['messagepack', 2],
  ])('agrees on %s in version %i', (protocol, version) => {
    const handshake = read(records({ protocol, version, later: 'ignored' }));
    expect(handshake).toMatchObject({ encoding: { name: protocol }, version, rest: Buffer.alloc(0) });
  });

  test('leaves what stands behind it', () => {
    const handshake = read(records({ protocol: 'json', version: 1 }, { type: 6 }));
    expect(handshake).toMatchObject({ rest: records({ type: 6 }) });
  });

  test.each([
    [{ protocol: 'xml', version: 1 }, "The protocol 'xml' is not supported."],
    [{ protocol: 'JSON', version: 1 }, "The protocol 'JSON' is not supported."],
    [{ protocol: 'json', version: 3 }, "The server does not support version 3 of the 'json' protocol."],
    [{ protocol: 'json', version: 0 }, "The server does not support version 0 of the 'json' protocol."],
    [{ protocol: 'json', version: 1.5 }, "The server does not support version 1.5 of the 'json' protocol."],
  ])('refuses %o in the words of the reference server', (request, refused) => {
    expect(read(records(request))).toEqual({ refused });
  });

  test.each([
    ['that is not ended', Buffer.from('{"protocol":"json","version":1}')],
    ['that is not JSON', records('{')],
    ['that is null', records('null')],
    ['without a protocol', records({ version: 1 })],
    ['without a version', records({ protocol: 'json' })],
    ['whose version is a text', records({ protocol: 'json', version: '1' })],
    ['that is a call', records({ type: 1, target: 'a', arguments: [] })],
    ['whose end is too far away', records({ protocol: 'json', version: 1, more: 'x'.repeat(100) })],
    ['that is not UTF-8', Buffer.from([0xff, 0x1e])],
  ])('does not take one %s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(expect.objectContaining({ name: 'NotInForm' }));
  });

  test('is answered with an empty object, or with what is wrong', () => {
    expect(handshakeResponse()).toEqual(records({}));
    expect(handshakeResponse('No.')).toEqual(records({ error: 'No.' }));
  });
});
