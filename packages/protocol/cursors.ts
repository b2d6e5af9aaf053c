import { limits } from './limits.ts';
import { Nothing, Shape, type Static, Timestamp, Type } from './schema.ts';

/** Printable ASCII without a space; whoever keeps cursors chooses it, for example `mqtt:sensor-7`. */
const CursorName = Type.String({ minLength: 1, maxLength: limits.cursorNameChars, pattern: '^[!-~]+$' });

/** Where some client of one's own stands: whatever it wants to find again when it comes back. */
export const Cursor = Shape({
  name: CursorName,
  /** Any JSON value of at most `limits.cursorStateBytes` bytes; nobody but its owner's clients reads it. */
  state: Type.Unknown(),
  savedAt: Timestamp,
});
export type Cursor = Static<typeof Cursor>;

const name = CursorName;

export const cursorCommands = {
  'cursor.save': {
    http: 'PUT /cursors/:name',
    params: Shape({ name, state: Type.Unknown() }),
    result: Shape({ savedAt: Timestamp }),
    summary: 'Keep a small state of a client of one’s own under a name, instead of what it had there before.',
  },
  'cursor.show': {
    http: 'GET /cursors/:name',
    params: Shape({ name }),
    result: Shape({ cursor: Cursor }),
    summary: 'What was kept under a name.',
  },
  'cursor.list': {
    http: 'GET /cursors',
    params: Nothing,
    result: Shape({ cursors: Type.Array(Shape({ name, savedAt: Timestamp })) }),
    summary: 'The names of one’s own cursors, by name.',
  },
  'cursor.delete': {
    http: 'DELETE /cursors/:name',
    params: Shape({ name }),
    result: Nothing,
    summary: 'Forget what was kept under a name.',
  },
} as const;
