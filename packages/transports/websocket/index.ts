export { type AllowedOrigins, createWebSocketDoor, type WebSocketDoor, type WebSocketDoorOptions } from './door.ts';
export { defaultWebSocketLimits, type WebSocketLimits } from './limits.ts';
export { refuseUpgrade } from './refuse-upgrade.ts';
