export { decodeCursor, encodeCursor, type LogPosition, type Positions } from './cursor.ts';
export { errorOf } from './ended.ts';
export { FollowedLogs, type FollowedLogsHandlers, type Unfollowed } from './followed-logs.ts';
export {
  FollowedRooms,
  type FollowedRoomsHandlers,
  type FollowOptions,
  type LogFollower,
} from './followed-rooms.ts';
export { type GatewayLink, GatewaySession, type Outcome, type Waiter } from './gateway-session.ts';
export { type PostedMessage, postedMessage } from './posted-message.ts';
export { roomNamed } from './room-named.ts';
export { SharedEvent } from './shared-event.ts';
export { SharedLogs } from './shared-logs.ts';
