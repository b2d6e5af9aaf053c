export { createPeerJsGateway, type PeerJsOptions } from './gateway.ts';
export type { PeerJsLimits } from './limits.ts';
