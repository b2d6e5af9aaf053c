import { limits } from './limits.ts';
import { FileIdSchema, Shape, type Static, Type } from './schema.ts';

/** What a file is, told from its bytes. What is none of the others is `other`: shown as a card alone. */
export const FileKind = Type.Union([
  Type.Literal('picture'),
  Type.Literal('video'),
  Type.Literal('sound'),
  Type.Literal('pdf'),
  Type.Literal('text'),
  Type.Literal('archive'),
  Type.Literal('other'),
]);
export type FileKind = Static<typeof FileKind>;

/** Kinds that are listed together: `document` is `pdf` and `text`, `rest` is `archive` and `other`. */
export const FileGroup = Type.Union([...FileKind.anyOf, Type.Literal('document'), Type.Literal('rest')]);
export type FileGroup = Static<typeof FileGroup>;

/** One line, without what a file system takes for more than a name. */
export const FileName = Type.String({ minLength: 1, maxLength: limits.fileNameChars });

const pixels = Type.Integer({ minimum: 1, maximum: 1_000_000 });
/** How loud it is, from 0 to 100, in equal steps from its beginning to its end. */
const waveform = Type.Array(Type.Integer({ minimum: 0, maximum: 100 }), {
  minItems: 1,
  maxItems: limits.waveformPoints,
});
const durationMs = Type.Integer({ minimum: 0, maximum: 7 * 24 * 3_600_000 });

/** What only the sender's program knows of a recording before anybody plays it. */
export const FileAbout = Shape({
  width: Type.Optional(pixels),
  height: Type.Optional(pixels),
  durationMs: Type.Optional(durationMs),
  waveform: Type.Optional(waveform),
  /** Spoken into the microphone for this room. */
  voice: Type.Optional(Type.Literal(true)),
});
export type FileAbout = Static<typeof FileAbout>;

/** A file as those see it who may have it. */
export const File = Shape({
  id: FileIdSchema,
  name: FileName,
  /** Its media type, told from its bytes: `application/octet-stream` where they tell nothing. */
  type: Type.String({ maxLength: 127 }),
  kind: FileKind,
  /** In bytes. */
  size: Type.Integer({ minimum: 0 }),
  /** As it is to be seen, turned as its camera was held. */
  width: Type.Optional(pixels),
  height: Type.Optional(pixels),
  durationMs: Type.Optional(durationMs),
  waveform: Type.Optional(waveform),
  voice: Type.Optional(Type.Literal(true)),
  /** It moves; so do its previews. */
  animated: Type.Optional(Type.Literal(true)),
  /** A few bytes that a blurred picture of it is drawn from (ThumbHash), as base64. */
  blur: Type.Optional(Type.String({ maxLength: 64 })),
  pages: Type.Optional(Type.Integer({ minimum: 1 })),
  /** The widths in pixels in which there is a preview, ascending. */
  previews: Type.Optional(Type.Array(pixels, { minItems: 1, maxItems: 8 })),
  /** Its previews are being made: `file.changed` tells what came of it. */
  pending: Type.Optional(Type.Literal(true)),
  /** What it shows, in words of its sender. */
  description: Type.Optional(Type.String({ maxLength: limits.fileDescriptionChars })),
});
export type File = Static<typeof File>;

/** The files of a message, in the order in which its author put them. */
export const Files = Type.Array(File, { minItems: 1, maxItems: limits.filesPerMessage });
