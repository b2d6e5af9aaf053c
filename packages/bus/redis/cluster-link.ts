import { createCluster } from '@redis/client';
import { connectionOptions, type RedisLink, type RedisLinkParts } from './redis-link.ts';
import { SlotWatch } from './slot-watch.ts';

/** A Redis cluster: each partition is on one of its nodes. When one of them is gone, the others are let go of too. */
export async function openClusterLink(parts: RedisLinkParts): Promise<RedisLink> {
  const { url, lost, receive, signal } = parts;
  const { username, password, protocol } = new URL(url);
  const { socket, commandOptions, ...options } = connectionOptions(parts);
  const cluster = createCluster({
    rootNodes: [{ url }],
    commandOptions,
    defaults: {
      ...options,
      socket: protocol === 'rediss:' ? { ...socket, tls: true } : socket,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    },
  });
  for (const event of ['error', 'node-error', 'sharded-channel-moved-error']) cluster.on(event, lost);
  const destroy = (): void => {
    if (cluster.isOpen) cluster.destroy();
  };
  signal.addEventListener('abort', destroy);
  const slots = () => cluster.masters.find(({ client }) => client?.isReady === true)?.client?.clusterSlots();
  let watch: SlotWatch | undefined;
  const lookAtSlots = async (): Promise<void> => {
    const told = await slots();
    if (told === undefined) return;
    watch ??= new SlotWatch(told);
    watch.look(told);
  };
  try {
    await cluster.connect();
    await lookAtSlots();
  } catch (error) {
    destroy();
    throw error;
  }
  const each = async (channels: readonly string[], run: (channel: string) => Promise<unknown>): Promise<void> => {
    await Promise.all(channels.map(run));
  };
  return {
    publish: (channel, payload) => cluster.sPublish(channel, payload),
    // One command cannot name channels of several nodes.
    subscribe: (channels) => each(channels, (channel) => cluster.sSubscribe(channel, receive)),
    unsubscribe: (channels) => each(channels, (channel) => cluster.sUnsubscribe(channel, receive)),
    ping: async () => {
      const clients = cluster.masters.flatMap(({ client, pubSub }) => [client, pubSub?.client]);
      // One that is being opened takes no commands yet; one that broke has said so.
      await Promise.all(clients.map((client) => (client?.isReady === true ? client.ping() : undefined)));
      await lookAtSlots();
    },
    destroy,
  };
}
