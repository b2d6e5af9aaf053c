import { limits } from './limits.ts';
import { Nothing, RoomIdSchema, Shape, Type } from './schema.ts';

/** The least time between two posts of one person, in milliseconds; 0 for none. Moderators do not wait. */
export const SlowModeMs = Type.Integer({ minimum: 0, maximum: limits.slowModeMs });
export const WhoPosts = Type.Union([Type.Literal('all'), Type.Literal('moderators')]);

const rules = { slowModeMs: SlowModeMs, whoPosts: WhoPosts };

export const roomRuleCommands = {
  'room.set-rules': {
    http: 'PUT /rooms/:room/rules',
    params: Shape({ room: RoomIdSchema, ...rules }),
    result: Nothing,
    summary: 'Say who may post, pin and set the topic in a channel, and how long one waits between two posts.',
  },
} as const;

/** Of a room's log; stands in the timeline. */
export const roomRuleEvents = {
  'room.rules-set': { data: Shape(rules) },
} as const;
