import { limits } from './limits.ts';
import { Nothing, Nullable, RoomIdSchema, SectionIdSchema, Shape, SpaceIdSchema, type Static, Type } from './schema.ts';

const SectionName = Type.String({ minLength: 1, maxLength: limits.sectionNameChars });

/** A part of one’s own list of rooms. Nobody else sees it. */
export const Section = Shape({
  id: SectionIdSchema,
  space: SpaceIdSchema,
  name: SectionName,
  /** Only its name shows. */
  collapsed: Type.Boolean(),
});
export type Section = Static<typeof Section>;

/** Where a room stands in one’s own list: in a section, on top, or both. */
export const RoomPlace = Shape({
  room: RoomIdSchema,
  /** Absent where it stands with the others of its kind. */
  section: Type.Optional(SectionIdSchema),
  favourite: Type.Optional(Type.Literal(true)),
});
export type RoomPlace = Static<typeof RoomPlace>;

/** Sections in their order. */
const Sections = Type.Array(Section, { maxItems: limits.sectionsPerPerson });
const section = SectionIdSchema;

export const sectionCommands = {
  'section.create': {
    http: 'POST /spaces/:space/sections',
    params: Shape({ space: SpaceIdSchema, name: SectionName }),
    result: Shape({ section: Section }),
    summary: `Make a section of one’s own list of rooms, after the others. At most ${limits.sectionsPerPerson} may be kept.`,
  },
  'section.rename': {
    http: 'POST /sections/:section/rename',
    params: Shape({ section, name: SectionName }),
    result: Nothing,
    summary: 'Give a section another name.',
  },
  'section.fold': {
    http: 'PUT /sections/:section/fold',
    params: Shape({ section, collapsed: Type.Boolean() }),
    result: Nothing,
    summary: 'Show only a section’s name, or its rooms again.',
  },
  'section.move': {
    http: 'POST /sections/:section/move',
    params: Shape({ section, before: Nullable(SectionIdSchema) }),
    result: Nothing,
    summary: 'Put a section before another one, or at the end.',
  },
  'section.delete': {
    http: 'DELETE /sections/:section',
    params: Shape({ section }),
    result: Nothing,
    summary: 'Take a section away; its rooms stand with the others of their kind again.',
  },
  'section.place': {
    http: 'PUT /rooms/:room/place',
    params: Shape({ room: RoomIdSchema, section: Nullable(SectionIdSchema), favourite: Type.Boolean() }),
    result: Nothing,
    summary: `Say where a room stands in one’s own list. At most ${limits.roomPlacesPerPerson} may stand somewhere.`,
  },
} as const;

/** Of one’s inbox. */
export const sectionEvents = {
  /** All of one’s sections, in their order. A room in one that is none of them stands with the others again. */
  'inbox.sections-changed': { data: Shape({ sections: Sections }) },
  'inbox.room-placed': { data: RoomPlace },
} as const;
