import { limits } from './limits.ts';
import { Nothing, RoomIdSchema, Shape, Type } from './schema.ts';

/** What a room is for, at length, as Markdown; empty for nothing. */
const description = Type.String({ maxLength: limits.roomDescriptionChars });

export const roomDescriptionCommands = {
  'room.set-description': {
    http: 'PUT /rooms/:room/description',
    params: Shape({ room: RoomIdSchema, description }),
    result: Nothing,
    summary: 'Say at length what a channel or group is for, as Markdown. An empty text takes the description away.',
  },
} as const;

export const roomDescriptionEvents = {
  'room.description-set': { data: Shape({ description }) },
} as const;
