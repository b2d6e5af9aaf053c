import { limits } from './limits.ts';
import { Message } from './messages.ts';
import { Person } from './people.ts';
import { AnyRoomName, RoomKind } from './room-info.ts';
import { MessageIdSchema, Nullable, RoomIdSchema, Shape, SpaceIdSchema, type Static, Type } from './schema.ts';

export const SearchOrder = Type.Union([Type.Literal('newest'), Type.Literal('best')]);
export type SearchOrder = Static<typeof SearchOrder>;

/** A message that was found, and where in its text what was looked for stands: from, to, in UTF-16 code units. */
export const FoundMessage = Shape({
  message: Message,
  marks: Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })]), {
    maxItems: limits.searchMarks,
  }),
});
export type FoundMessage = Static<typeof FoundMessage>;

/** Where something was found; the asker may see it and need not be in it. */
export const FoundRoom = Shape({
  id: RoomIdSchema,
  space: Nullable(SpaceIdSchema),
  kind: RoomKind,
  name: AnyRoomName,
});
export type FoundRoom = Static<typeof FoundRoom>;

export const searchCommands = {
  'search.messages': {
    http: 'GET /search',
    params: Shape({
      /** As typed: words, "quoted words", -words and filters, see [Y1]. */
      text: Type.String({ maxLength: limits.searchChars }),
      /** Only in this one. */
      room: Type.Optional(RoomIdSchema),
      order: Type.Optional(SearchOrder),
      /** `next` of the page before. */
      before: Type.Optional(MessageIdSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.searchResultsPerPage })),
      /** How far the asker's clock is ahead of UTC, for the days that they name; 0 when absent. */
      utcOffsetMinutes: Type.Optional(Type.Integer({ minimum: -840, maximum: 840 })),
    }),
    result: Shape({
      found: Type.Array(FoundMessage),
      /** Authors. */
      people: Type.Array(Person),
      rooms: Type.Array(FoundRoom),
      /** There may be earlier ones: `before` of the next page. */
      next: Type.Optional(MessageIdSchema),
      /** Filters with a value that there is none of; what they say was not looked at. */
      unknown: Type.Array(Type.String()),
    }),
    summary:
      'Messages that the asker may see and that hold all of the words, newest first; `best` ranks the newest matches and has one page.',
  },
} as const;
