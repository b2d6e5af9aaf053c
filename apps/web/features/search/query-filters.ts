import { searchPieces } from '@confab/protocol/search-query.ts';
import { sentence } from '../../language/sentences.ts';

/** Filters that a press sets, as they stand in what is looked for. */
export const filters = [
  { filter: 'from:me', label: sentence('From me') },
  { filter: 'has:link', label: sentence('Links') },
  { filter: 'has:code', label: sentence('Code') },
  { filter: 'has:file', label: sentence('Files') },
  { filter: 'has:picture', label: sentence('Pictures') },
  { filter: 'has:video', label: sentence('Videos') },
  { filter: 'has:sound', label: sentence('Sound') },
  { filter: 'has:pdf', label: sentence('PDF') },
  { filter: 'is:pinned', label: sentence('Pinned') },
  { filter: 'is:thread', label: sentence('Replies') },
] as const;

export function hasFilter(search: string, filter: string): boolean {
  return pieceOf(search, filter) !== undefined;
}

/** What is looked for, with a filter, or without it if it was there. */
export function withFilterToggled(search: string, filter: string): string {
  const piece = pieceOf(search, filter);
  if (piece === undefined) return `${search.trimEnd()} ${filter} `.trimStart();
  return `${search.slice(0, piece.from)}${search.slice(piece.to)}`.replace(/\s+/g, ' ').trimStart();
}

function pieceOf(search: string, filter: string) {
  return searchPieces(search).find((piece) => `${piece.filter}:${piece.text}`.toLowerCase() === filter);
}
