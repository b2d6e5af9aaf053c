export * from './bus.ts';
export * from './domain.ts';
export { createEngine, type Engine, type EngineOptions, type PresenceSource } from './engine.ts';
export { type EngineLimits, engineLimits } from './limits.ts';
export * from './ports.ts';
export { TokenBucket } from './rate-limit.ts';
export type { EngineStats } from './stats.ts';
export { systemPorts } from './system-ports.ts';
export * from './transport.ts';
