export { openRedisBus, type RedisBusOptions } from './open-redis-bus.ts';
