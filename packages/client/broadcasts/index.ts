export { type Broadcast, createBroadcasts, type RoomBroadcasts } from './room-broadcasts.ts';
