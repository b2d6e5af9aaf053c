import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PrivateRedis, startRedis, startRedisCluster } from './private-redis.ts';

const given = process.env.CONFAB_TEST_REDIS_URL;

let redis: PrivateRedis;
beforeAll(async () => {
  delete process.env.CONFAB_TEST_REDIS_URL;
  redis = await startRedis();
});
afterAll(async () => {
  if (given !== undefined) process.env.CONFAB_TEST_REDIS_URL = given;
  await redis.remove();
});

it('a private Redis keeps nothing over a restart, and comes back on the same port', async () => {
  expect(await redis.command('SET', 'a', '1')).toBe('OK\n');
  expect(await redis.command('GET', 'a')).toBe('1\n');
  await redis.stop();
  expect(await redis.command('PING')).toContain('Could not connect');
  await redis.start();
  expect(await redis.command('GET', 'a')).toBe('\n');
});

it('a private Redis can be flushed, and stands still while it is paused', async () => {
  await redis.command('SET', 'b', '1');
  await redis.flush();
  expect(await redis.command('GET', 'b')).toBe('\n');
  const other = await startRedis();
  redis.pause();
  const answered: string[] = [];
  const asked = redis.command('PING').then(() => answered.push('paused'));
  await other.command('PING').then(() => answered.push('other'));
  expect(answered).toEqual(['other']);
  redis.resume();
  await asked;
  expect(answered).toEqual(['other', 'paused']);
  await other.remove();
});

it('a private cluster shares its slots among three masters', async () => {
  const cluster = await startRedisCluster();
  try {
    const said = await Promise.all(cluster.nodes.map((node) => node.command('SET', 'key', 'x')));
    expect(said.filter((line) => line.startsWith('OK'))).toHaveLength(1);
    expect(said.filter((line) => line.includes('MOVED'))).toHaveLength(2);
  } finally {
    await cluster.remove();
  }
});

it('a Redis that was given is not stopped or flushed by a test', async () => {
  process.env.CONFAB_TEST_REDIS_URL = redis.url;
  const other = await startRedis();
  delete process.env.CONFAB_TEST_REDIS_URL;
  expect(other).toMatchObject({ url: redis.url, ours: false });
  await expect(other.stop()).rejects.toThrow('unset CONFAB_TEST_REDIS_URL');
  await expect(other.flush()).rejects.toThrow('unset CONFAB_TEST_REDIS_URL');
  expect(await other.command('PING')).toContain('PONG');
});
