import type { Person, RoomInfo, UserId } from '@confab/protocol';
import type { DialogRequest } from '../../app/dialogs.tsx';
import type { Route } from '../../app/route.ts';
import type { Asked } from '../uploads/ask-composer.ts';
import { fit, type Needle, needleOf, piecesOf } from './fuzzy.ts';

export type EntryKind = 'room' | 'person' | 'place' | 'command' | 'search';

/** What choosing an entry may need. */
export interface PaletteActions {
  open(dialog: DialogRequest): void;
  openDirect(users: readonly UserId[]): Promise<unknown>;
  /** Of the composer of the room that is open. */
  ask(asked: Asked): void;
  /** A command as it would be typed. */
  command(text: string): Promise<unknown>;
}

/** Something that one can go to or do from the palette. */
export interface PaletteEntry {
  readonly key: string;
  readonly kind: EntryKind;
  readonly title: string;
  /** After the title, in fainter letters. */
  readonly detail?: string;
  readonly unread?: number;
  /** What stands in front. */
  readonly lead?: { readonly room: RoomInfo } | { readonly person: Person };
  /** The title, then other names that it answers to. */
  readonly needles: readonly Needle[];
  /** Added to how well it fits, 0 to 9: of two alike the one that is used more comes first. */
  readonly weight: number;
  /** Where it leads, if it is a place: such an entry can be opened in a tab of its own. */
  readonly to?: Route;
  /** What is typed instead of doing it at once, because something has to follow. */
  readonly fill?: string;
  run?(actions: PaletteActions): unknown;
}

/** A sign in front of what is typed keeps to one kind. */
const signs: Readonly<Record<string, EntryKind>> = { '#': 'room', '@': 'person', '/': 'command', '>': 'command' };
/** More letters bring up the rest. */
const mostShown = 40;
/** Where a name besides the title is what fits. */
const otherName = 0.9;

export const needlesOf = (...names: readonly string[]): Needle[] => [...new Set(names)].filter(Boolean).map(needleOf);

/** The kind that is asked for, if one is, and what is looked for. */
export function readTyped(typed: string): { kind: EntryKind | null; text: string } {
  const kind = signs[typed[0] ?? ''];
  return kind === undefined ? { kind: null, text: typed.trim() } : { kind, text: typed.slice(1).trim() };
}

/** The entries that answer what was typed, best first. */
export function findEntries(entries: readonly PaletteEntry[], typed: string): PaletteEntry[] {
  const { kind, text } = readTyped(typed);
  const pieces = piecesOf(text);
  const found: { entry: PaletteEntry; rank: number }[] = [];
  for (const entry of entries) {
    if (kind !== null && !answers(entry, kind)) continue;
    const best = pieces.length === 0 ? 0 : bestFit(entry, pieces);
    if (best >= 0) found.push({ entry, rank: best + entry.weight });
  }
  found.sort((a, b) => b.rank - a.rank);
  return found.slice(0, mostShown).map(({ entry }) => entry);
}

/** A direct is both: a room, and the person in it. */
function answers(entry: PaletteEntry, kind: EntryKind): boolean {
  if (entry.kind === 'room' && entry.lead !== undefined && 'room' in entry.lead) {
    const direct = entry.lead.room.space === null;
    return kind === (direct ? 'person' : 'room');
  }
  return entry.kind === kind || (kind === 'command' && entry.kind === 'place');
}

function bestFit({ needles }: PaletteEntry, pieces: readonly string[]): number {
  let best = -1;
  for (const [index, needle] of needles.entries()) {
    const found = fit(needle, pieces);
    best = Math.max(best, index === 0 ? found : found * otherName);
  }
  return best;
}
