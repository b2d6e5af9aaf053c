import type { Door, DoorParts } from '@confab/transports/door';
import { createWebSocketDoor } from '@confab/transports/websocket';

/** Every door and gateway of this server, as they are mounted. */
export function createDoors(parts: DoorParts): Door[] {
  return [createWebSocketDoor(parts)];
}
