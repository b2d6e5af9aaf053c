import { limits } from './limits.ts';
import { ExportIdSchema, Nothing, Nullable, RoomIdSchema, Shape, type Static, Timestamp, Type } from './schema.ts';

/** What somebody takes along: their own data, or a room. Made piece by piece; theirs alone to fetch. */
export const Export = Shape({
  id: ExportIdSchema,
  what: Type.Union([Type.Literal('account'), Type.Literal('room')]),
  room: Type.Optional(RoomIdSchema),
  /** Of the room when it was begun; empty for one’s own data. */
  title: Type.String(),
  /** `failed`: the right to it was lost, or it could not be made. */
  state: Type.Union([Type.Literal('running'), Type.Literal('ready'), Type.Literal('failed')]),
  startedAt: Timestamp,
  /** Until when it can be fetched; `null` while it is made. */
  endsAt: Nullable(Timestamp),
});
export type Export = Static<typeof Export>;

const id = ExportIdSchema;

export const exportCommands = {
  'account.export': {
    http: 'POST /account/export',
    params: Shape({}),
    result: Shape({ export: Export }),
    summary: `Have everything that is one’s own put together: what one wrote, said of oneself and keeps. It is there for a day. At most ${limits.exportsPerPerson} at a time.`,
  },
  'room.export': {
    http: 'POST /rooms/:room/export',
    params: Shape({ room: RoomIdSchema }),
    result: Shape({ export: Export }),
    summary:
      'Have a room with everything that was said in it put together, as an admin who is in it. It is there for a day.',
  },
  'export.list': {
    http: 'GET /exports',
    params: Shape({}),
    result: Shape({
      exports: Type.Array(Shape({ export: Export, /** Pieces that are made. */ parts: Type.Integer({ minimum: 0 }) })),
    }),
    summary: 'What one has had put together, the newest first, and how far it is.',
  },
  'export.remove': {
    http: 'DELETE /exports/:export',
    params: Shape({ export: id }),
    result: Nothing,
    summary: 'Stop making it, or keep it no longer.',
  },
  'export.part': {
    http: 'GET /exports/:export/parts/:part',
    params: Shape({ export: id, part: Type.Integer({ minimum: 1 }) }),
    result: Shape({
      /** Of the file that it is in the zip at `GET /exports/:export/file`. */
      name: Type.String(),
      data: Type.Unknown(),
      /** The piece after this one. */
      next: Nullable(Type.Integer({ minimum: 1 })),
    }),
    summary:
      'One piece of what is ready, as data. All of them with pages to read them on: `GET /api/v1/exports/:export/file`, a zip.',
  },
} as const;

/** Of one's inbox. */
export const exportEvents = {
  'inbox.export-changed': { data: Export },
  'inbox.export-removed': { data: Shape({ export: id }) },
} as const;
