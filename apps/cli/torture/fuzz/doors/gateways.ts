import { commandAsked } from '../commands-asked.ts';
import type { Fuzz } from '../fuzz.ts';
import type { FuzzedDoor, FuzzTarget } from '../fuzzed-door.ts';
import { requests, webSocket } from '../requests.ts';
import { graphqlDoors } from './graphql.ts';
import { mqttDoors } from './mqtt.ts';
import { signalRDoors } from './signalr.ts';

const engine = '/socket.io/?EIO=4&transport=';

/** A packet of Socket.IO in one of Engine.IO. */
function socketIoPacket(fuzz: Fuzz, target: FuzzTarget): string {
  const { command, params } = commandAsked(fuzz, target);
  const heads = ['42', `42${fuzz.below(1e6)}`, '3'];
  const head = fuzz.pick(fuzz.seldom(10) ? ['40', '41/x,', '43', '44', '451-', '40/home,'] : heads);
  if (head === '3') return head;
  if (head === '451-') return `451-${JSON.stringify([command, { _placeholder: true, num: fuzz.below(3) }])}`;
  if (head.startsWith('40'))
    return `${head}${JSON.stringify(fuzz.shaken({ token: target.token, rooms: [target.room] }))}`;
  const events = [
    ['command', command, params],
    [command, params],
    ['message', fuzz.shaken({ room: target.room, clientId: 'again', text: 'of the fuzz' })],
    [fuzz.pick(['join', 'leave']), fuzz.shaken(target.room)],
  ];
  return `${head}${JSON.stringify(fuzz.oneIn(20) ? fuzz.shaken(fuzz.pick(events)) : fuzz.pick(events))}`;
}

const enter = (target: FuzzTarget) => `40${JSON.stringify({ token: target.token, room: target.room })}`;

const socketIoDoors: readonly FuzzedDoor[] = [
  {
    name: 'Socket.IO over WebSocket',
    converse: (target, fuzz) =>
      webSocket(fuzz, { path: `${engine}websocket`, hello: [enter(target)] }, () => socketIoPacket(fuzz, target)),
  },
  {
    name: 'Socket.IO over polling',
    async converse(target, fuzz) {
      const opened = await (await fetch(`${target.url}${engine}polling`)).text();
      const sid = /"sid":"([\w-]+)"/.exec(opened)?.[1] ?? 'none';
      const path = `${engine}polling&sid=${sid}`;
      await fetch(`${target.url}${path}`, { method: 'POST', body: enter(target) });
      const headers = { 'content-type': 'text/plain' };
      return requests(fuzz, () => {
        if (fuzz.seldom(30))
          return { path: `${engine}${fuzz.pick(['polling', 'x', 'websocket'])}&sid=${fuzz.pick([sid, 'x'])}` };
        const packets = Array.from({ length: 1 + fuzz.below(3) }, () => socketIoPacket(fuzz, target));
        return { method: 'POST', path, headers, body: packets.join('\u001e') };
      });
    },
  },
];

const peerJs: FuzzedDoor = {
  name: 'PeerJS',
  converse(target, fuzz) {
    const authorization = `Bearer ${target.token}`;
    const ids = Array.from({ length: 8 }, (_, index) => `fuzz-${index}`);
    const query = new URLSearchParams(
      fuzz.oneIn(15)
        ? {
            key: fuzz.pick(['peerjs', 'x']),
            id: fuzz.pick([' ', 'ä', '__proto__']),
            token: 'x'.repeat(fuzz.below(200)),
          }
        : { key: 'peerjs', id: fuzz.pick(ids), token: 'of-the-fuzz', version: '1.5.5' },
    );
    return webSocket(fuzz, { path: `/peerjs?${query}`, headers: { authorization }, hello: [] }, () => {
      const type = fuzz.pick(['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'HEARTBEAT', 'OPEN', 'constructor']);
      const message = { type, dst: fuzz.pick(ids), src: 'x', payload: { sdp: { type: 'offer', sdp: 'v=0' } } };
      return JSON.stringify(fuzz.seldom(4) ? fuzz.shaken(message) : message);
    });
  },
};

const webhooks: FuzzedDoor = {
  name: 'webhooks',
  converse(target, fuzz) {
    const block = { type: 'section', text: { type: 'mrkdwn', text: '*bold* <http://x|y>' }, fields: [{ text: 'f' }] };
    const slack = {
      text: 'of <!here> the _fuzz_',
      blocks: [block, { type: 'divider' }],
      attachments: [{ fallback: 'x' }],
    };
    const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'x', ''];
    return requests(fuzz, () => {
      // Mostly one of few keys: what is repeated posts once, so that not each request is a message.
      const headers = { 'content-type': fuzz.pick(types), 'idempotency-key': `fuzz-${fuzz.below(50)}` };
      const path = fuzz.pick([target.hook, target.hook, `${target.hook}/plain`, `${target.hook}x`, '/hooks/%ff/..']);
      const text = JSON.stringify(fuzz.shaken(slack));
      const body = headers['content-type'].includes('form') ? `payload=${encodeURIComponent(text)}` : text;
      return { method: 'POST', path, headers, body: fuzz.sometimesBroken(Buffer.from(body), 20).toString('latin1') };
    });
  },
};

export const gateways: readonly FuzzedDoor[] = [
  ...socketIoDoors,
  ...signalRDoors,
  ...graphqlDoors,
  ...mqttDoors,
  peerJs,
  webhooks,
];
