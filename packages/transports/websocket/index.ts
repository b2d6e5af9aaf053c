export { connectPath, createWebSocketDoor, type WebSocketDoorOptions, type WebSocketDoorParts } from './door.ts';
export { defaultWebSocketLimits, type WebSocketLimits } from './limits.ts';
export { createMessageServer } from './message-server.ts';
export { refuseUpgrade } from './refuse-upgrade.ts';
export { turnAway } from './turn-away.ts';
