import { createClient } from '@redis/client';
import { openClusterLink } from './cluster-link.ts';
import { connectionOptions, type RedisLink, type RedisLinkParts } from './redis-link.ts';

/** Sharded pub/sub came with it, and with Valkey's first. */
const oldestVersion = 7;

/** @throws when it cannot be reached, does not let us in, or is too old. */
export async function openRedisLink(parts: RedisLinkParts): Promise<RedisLink> {
  const publisher = newClient(parts);
  const subscriber = newClient(parts);
  const clients = [publisher, subscriber];
  const destroy = (): void => {
    for (const client of clients) client.destroy();
  };
  parts.signal.addEventListener('abort', destroy);
  for (const client of clients) client.on('error', parts.lost);
  try {
    await publisher.connect();
    const { version, mode } = await publisher.hello();
    if (Number.parseInt(version, 10) < oldestVersion) {
      throw new Error(`this is Redis ${version}, and ${oldestVersion} or later is needed`);
    }
    if (mode === 'cluster') {
      destroy();
      return await openClusterLink(parts);
    }
    await subscriber.connect();
  } catch (error) {
    destroy();
    throw error;
  }
  return {
    publish: (channel, payload) => publisher.sPublish(channel, payload),
    subscribe: (channels) => subscriber.sSubscribe([...channels], parts.receive),
    unsubscribe: (channels) => subscriber.sUnsubscribe([...channels], parts.receive),
    ping: () => Promise.all(clients.map((client) => client.ping())),
    destroy,
  };
}

const newClient = (parts: RedisLinkParts) => createClient({ url: parts.url, ...connectionOptions(parts) });
