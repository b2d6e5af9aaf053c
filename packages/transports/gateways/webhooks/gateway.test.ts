import { afterAll, beforeAll, expect, it } from 'vitest';
import { DoorBed } from '../../http/testing/door-bed.ts';
import { slowBody } from '../../http/testing/slow-body.ts';
import { ada, roomId } from '../../testing/test-world.ts';
import { createWebhooksGateway } from './gateway.ts';
import { webhookLimits } from './limits.ts';

let bed: DoorBed;
let hook: string;
beforeAll(async () => {
  bed = await DoorBed.open((parts, { timers }) => createWebhooksGateway(parts, { timers }));
  bed.addRoom(1, ada);
  hook = `/hooks/${roomId(1)}/${bed.signIn(ada)}`;
});
afterAll(() => bed.close());

async function post(path: string, body: Buffer | string) {
  const response = await bed.fetch(path, null, { method: 'POST', body: new Uint8Array(Buffer.from(body as string)) });
  return [response.status, await response.text(), response.headers.get('connection')];
}

it('a body that trickles in is given up', async () => {
  expect(await slowBody(bed.time, bed.url + hook, {})).toBe('cut');
});

it('a body that is no UTF-8 is malformed', async () => {
  const bytes = Buffer.from('{"text":"\xff"}', 'latin1');
  expect(await post(hook, bytes)).toEqual([400, 'invalid_payload', 'keep-alive']);
  expect(await post(hook, bytes.toString('latin1'))).toEqual([200, 'ok', 'keep-alive']);
});

it('a body that is too large ends its connection', async () => {
  const text = 'x'.repeat(webhookLimits.bodyBytes);
  expect(await post(hook, JSON.stringify({ text }))).toEqual([413, 'frame-too-large', 'close']);
});
