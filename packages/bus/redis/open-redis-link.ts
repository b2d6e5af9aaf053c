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
    const { version, mode, role } = await publisher.hello();
    if (Number.parseInt(version, 10) < oldestVersion) {
      throw new Error(`this is Redis ${version}, and ${oldestVersion} or later is needed`);
    }
    if (mode === 'cluster') {
      destroy();
      return await openClusterLink(parts);
    }
    requireMaster(role);
    await subscriber.connect();
  } catch (error) {
    destroy();
    throw error;
  }
  return {
    publish: (channel, payload) => publisher.sPublish(channel, payload),
    subscribe: (channels) => subscriber.sSubscribe([...channels], parts.receive),
    unsubscribe: (channels) => subscriber.sUnsubscribe([...channels], parts.receive),
    ping: async () => {
      const [{ role }] = await Promise.all([publisher.hello(), subscriber.ping()]);
      requireMaster(role);
    },
    destroy,
  };
}

/** What is published on a replica stays there: after a fail-over some nodes would not hear the others. */
function requireMaster(role: string): void {
  if (role !== 'master') throw new Error(`this Redis is a ${role}, and the master is needed`);
}

const newClient = (parts: RedisLinkParts) => createClient({ url: parts.url, ...connectionOptions(parts) });
