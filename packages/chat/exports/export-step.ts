import type { Step } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import type { Making } from './export-store.ts';

/** One piece, and where the step goes on: `null` when this was its last. */
export interface Piece {
  /** `undefined`: there is nothing to put in a file. */
  readonly data?: unknown;
  readonly after: string | null;
}

/** What an export is made of, one after the other; each in pieces that are small enough for one transaction. */
export type ExportSteps = Readonly<Record<string, (tx: Transaction, making: Making) => Step<Piece>>>;

/** Rows of one piece. */
export const rowsPerPiece = 100;

/** A piece of rows that are read in the order of their `key`, after the one before. */
export function pieceOf<Row extends { readonly key: string }>(rows: readonly Row[]): Piece {
  const data = rows.map(({ key: _, ...row }) => row);
  const last = rows.at(-1);
  return {
    ...(rows.length > 0 ? { data } : {}),
    after: last && rows.length === rowsPerPiece ? last.key : null,
  };
}
