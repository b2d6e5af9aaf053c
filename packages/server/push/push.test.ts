import type { ClientId } from '@confab/protocol';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseRange } from '../outgoing/public-address.ts';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';
import { PushService } from './testing/push-service.ts';

const here = '127.0.0.12';
const service = new PushService();
let server: OpenServer;
beforeAll(async () => {
  await service.open(here);
  server = await openServer({ outgoingAllow: [parseRange(here)].filter((range) => range !== undefined) });
});
afterAll(async () => {
  await server.close();
  service.close();
});

it('a started server has keys of its own and tells a browser that subscribed, until its service forgot it', async () => {
  const { token, session, room } = await setUpOwner(server);
  const { publicKey } = await server.ask('push.list', {}, token);
  const { subscription } = await server.ask('push.subscribe', service.subscribe(publicKey), token);
  const list = async () => (await server.ask('push.list', {}, token)).subscriptions;
  expect(await list()).toMatchObject([{ id: subscription.id, session, sentAt: null, failure: null }]);
  await server.ask('push.test', { subscription: subscription.id }, token);
  await vi.waitFor(
    () => expect(service.arrived).toMatchObject([{ text: '{"kind":"test","language":"en"}', topic: 'test' }]),
    10_000,
  );
  await vi.waitFor(async () => expect((await list())[0]?.sentAt).toEqual(expect.any(Number)), 10_000);
  await server.ask('message.post', { room, clientId: 'one' as ClientId, text: 'of oneself' }, token);
  service.answer = { status: 410 };
  await server.ask('push.test', { subscription: subscription.id }, token);
  await vi.waitFor(async () => expect(await list()).toEqual([]), 10_000);
  expect(service.arrived).toHaveLength(1);
});
