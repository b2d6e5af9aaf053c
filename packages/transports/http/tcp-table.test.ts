import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { endianness } from 'node:os';
import { expect, test } from 'vitest';
import { isSilent, silentIn } from './tcp-table.ts';

/** A word as this machine would show it, given as it stands in the address. */
const word = (text: string): string => {
  const bytes = text.toUpperCase().match(/../g) ?? [];
  return (endianness() === 'LE' ? bytes.reverse() : bytes).join('');
};

const line = (remote: string, sending: string, again: string): string =>
  `   7: ${word('c6130101')}:1F90 ${remote} 01 ${sending}:00000000 01:000007D0 ${again}     0        0 12 2 0 20 4 0`;
const four = `${word('c6120103')}:D431`;

test('a connection that has repeated the same bytes for seconds is silent', () => {
  expect(silentIn(line(four, '0000001A', '00000005'))).toEqual([
    { localPort: 8080, remoteAddress: '198.18.1.3', remotePort: 54_321 },
  ]);
});

test.each([
  ['nothing waits', line(four, '00000000', '00000009')],
  ['it was repeated a few times only', line(four, '0000001A', '00000004')],
  ['it is the head of the table', '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt'],
])('a connection is not silent when %s', (_why, text) => {
  expect(silentIn(text)).toEqual([]);
});

test.each([
  ['its own address', '20010db8 00000000 00000000 00000001', '2001:db8:0:0:0:0:0:1'],
  ['that of an IPv4 client', '00000000 00000000 0000ffff c6120103', '0:0:0:0:0:ffff:c612:103'],
])('an IPv6 row tells %s', (_what, words, address) => {
  const remote = `${words.split(' ').map(word).join('')}:D431`;
  expect(silentIn(line(remote, '0000001A', '00000006'))).toMatchObject([{ remoteAddress: address }]);
});

test('a client that acknowledges is not silent', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  socket.write('a sign of life');
  await once(client, 'data');
  expect(await isSilent(socket)).toBe(false);
  client.destroy();
  server.close();
});
