export { type ConnectionsDoorOptions, connectionsPath, createConnectionsDoor } from './door.ts';
export { type ConnectionsLimits, defaultConnectionsLimits } from './limits.ts';
