import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { idOnNode, isNodeName, nodeNamedIn, nodeOfId } from './node-ids.ts';

const node = 'k3x9ab7q';
const request = (url: string, headers: Record<string, string> = {}) => ({ url, headers }) as unknown as IncomingMessage;

describe('an id that lives on one node', () => {
  it('names it', () => {
    expect(nodeOfId(idOnNode(node, 'secret_-'))).toBe(node);
  });

  it.each([null, undefined, '', node, `${node}x.secret`, 'K3X9AB7Q.secret', 'short.secret', `.${node}`, `__proto__.x`])(
    'of another form names none: %s',
    (id) => {
      expect(nodeOfId(id)).toBeUndefined();
    },
  );

  it('is made of names of one form', () => {
    expect([node, '12345678', 'k3x9ab7', 'k3x9ab7Q', 'k3x9ab7q\n', ''].map(isNodeName)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('the node of a request', () => {
  const inQuery = nodeNamedIn({ query: 'sid' });
  const inEither = nodeNamedIn({ header: 'x-stream', query: 'token' });

  it.each([
    [inQuery, request(`/socket.io/?EIO=4&sid=${node}.s&t=1`), node],
    [inQuery, request('/socket.io/?EIO=4'), undefined],
    [inQuery, request('/socket.io/'), undefined],
    [inQuery, request(`/socket.io/?sid=${node}%2Es`), node],
    [inEither, request(`/stream?token=${node}.s`), node],
    [inEither, request('/stream?token=other123.s', { 'x-stream': `${node}.s` }), node],
    [inEither, request(`/stream?token=${node}.s`, { 'x-stream': 'of-no-node' }), undefined],
  ])('stands where its protocol has the id (%#)', (nodeOf, asked, expected) => {
    expect(nodeOf(asked)).toBe(expected);
  });
});
