export { createSignalRGateway, type SignalROptions } from './gateway.ts';
export { defaultSignalRLimits, type SignalRLimits } from './limits.ts';
