import { File, FileAbout, FileGroup, FileName } from './file.ts';
import { limits } from './limits.ts';
import { Person } from './people.ts';
import {
  FileIdSchema,
  MessageIdSchema,
  Nothing,
  Nullable,
  RoomIdSchema,
  Shape,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';

const file = FileIdSchema;
const room = RoomIdSchema;

/** A hash (SHA-256) as base64url. */
const Sha256 = Type.String({ maxLength: 43, pattern: '^[A-Za-z0-9_-]{43}$' });

/** A file with where it stands. `message`: `null` while it waits to be posted. */
export const PlacedFile = Shape({
  file: File,
  room,
  message: Nullable(MessageIdSchema),
  by: UserIdSchema,
  /** When it was posted, or begun while it waits. */
  at: Timestamp,
});
export type PlacedFile = Static<typeof PlacedFile>;

/** Something in an archive, by its path there. */
export const ArchiveEntry = Shape({ name: Type.String(), size: Nullable(Type.Integer({ minimum: 0 })) });
export type ArchiveEntry = Static<typeof ArchiveEntry>;

export const fileCommands = {
  'file.begin': {
    http: 'POST /rooms/:room/files',
    params: Shape({
      room,
      name: Type.String({ minLength: 1, maxLength: 1_024 }),
      /** Of all of it, in bytes. */
      size: Type.Integer({ minimum: 0 }),
      about: Type.Optional(FileAbout),
      /** Of all of it: what arrives otherwise is refused with `file-damaged`. */
      sha256: Type.Optional(Sha256),
      /** A video of one's own that waits to be posted: this is the picture that it is shown with before it plays. */
      posterOf: Type.Optional(file),
    }),
    /** `upload`: the path that takes its bytes, by the tus protocol. */
    result: Shape({ file, upload: Type.String() }),
    summary:
      'Begin to send a file to a room. Its bytes go to the address in the answer by the tus protocol (1.0.0); then `message.post` names it. What nobody posts within a day is deleted.',
  },
  'file.complete': {
    http: 'POST /files/:file/complete',
    params: Shape({ file }),
    result: Shape({ file: File }),
    summary:
      'Look at a file whose bytes have all arrived: what it is, whether it is allowed. The last of its bytes do this by themselves; asking again gives the same answer.',
  },
  'file.discard': {
    http: 'DELETE /files/:file',
    params: Shape({ file }),
    result: Nothing,
    summary: 'Delete a file of one’s own that was not posted, with what has arrived of it.',
  },
  'file.describe': {
    http: 'PATCH /files/:file',
    params: Shape({ file, description: Type.String({ maxLength: limits.fileDescriptionChars }) }),
    result: Shape({ file: File }),
    summary: 'Say in words what a file of one’s own shows, for those who do not see it. Empty: no more.',
  },
  'file.show': {
    http: 'GET /files/:file',
    params: Shape({ file }),
    /** `arrived`: whether all of its bytes have. */
    result: Shape({ placed: PlacedFile, arrived: Type.Boolean() }),
    summary: 'One file, and where it stands.',
  },
  'file.list': {
    http: 'GET /rooms/:room/files',
    params: Shape({
      room,
      kind: Type.Optional(FileGroup),
      /** Only those in whose name this stands, whatever its case. */
      name: Type.Optional(Type.String({ maxLength: limits.nameSearchChars })),
      by: Type.Optional(UserIdSchema),
      /** The last one of the page before. */
      before: Type.Optional(file),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.filesPerPage })),
    }),
    /** `people`: those who sent them. */
    result: Shape({ files: Type.Array(PlacedFile), people: Type.Array(Person), more: Type.Boolean() }),
    summary: 'The files that were posted in a room, the latest first.',
  },
  'file.entries': {
    http: 'GET /files/:file/entries',
    params: Shape({ file }),
    /** `more`: it holds others too. */
    result: Shape({ entries: Type.Array(ArchiveEntry, { maxItems: limits.archiveEntries }), more: Type.Boolean() }),
    summary: 'What is in an archive.',
  },
  'file.address': {
    http: 'GET /files/:file/address',
    params: Shape({ file }),
    /** `address`: a path of this server, with a query that is not to be changed. */
    result: Shape({ address: Type.String(), expiresAt: Timestamp }),
    summary: `An address that gives the content of a file for ${limits.fileAddressMs / 60_000} minutes to a program that cannot say who is asking, as long as the asker may have it. With \`&preview=<width>\` behind it: a preview.`,
  },
  'file.locate': {
    http: 'GET /files/:file/location',
    params: Shape({ file, preview: Type.Optional(Type.Integer({ minimum: 1 })) }),
    /** Of the content that is kept: its hash, its type and its size in bytes; and the name that the file goes by. */
    result: Shape({
      content: Sha256,
      type: Type.String(),
      size: Type.Integer(),
      name: FileName,
      /** The same in AVIF, where that is smaller. */
      avif: Type.Optional(Shape({ content: Sha256, size: Type.Integer() })),
    }),
    summary:
      'Which content a file, or its preview in one of its widths, is. As bytes it is at `/api/v1/files/:file/content`, with `?preview=<width>` the preview.',
  },
} as const;

/** In the room's log. */
export const fileEvents = {
  /** What is known of a file of a message now. */
  'file.changed': { data: Shape({ message: MessageIdSchema, file: File }) },
  'file.removed': { data: Shape({ message: MessageIdSchema, file }) },
} as const;
