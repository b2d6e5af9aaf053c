import { DatabaseUnavailable } from '../database.ts';

/** Primary result codes that say something about the machine and nothing about the script (sqlite.org/rescode.html). */
const unavailableCodes: ReadonlySet<number> = new Set([
  5, // BUSY: a foreign program holds a lock for too long
  6, // LOCKED
  7, // NOMEM
  8, // READONLY, of the kinds that are told apart below
  9, // INTERRUPT
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  15, // PROTOCOL
  26, // NOTADB
]);

const busyCode = 5;
const readOnlyCode = 8;
const constraintCode = 19;

/** The primary result code of an error that SQLite reported, otherwise `undefined`. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // The low byte is the primary code; the rest tells its kinds apart.
  return error.errcode & 0xff;
}

/** Whether the database, and not the script, is at fault. */
export function isUnavailable(error: unknown): boolean {
  const code = primaryCode(error);
  if (code === undefined || !unavailableCodes.has(code)) return false;
  // A script that writes while it reads gets the bare code; a file that was moved away or cannot be locked has its kind.
  return code !== readOnlyCode || (error as { errcode: number }).errcode !== readOnlyCode;
}

export function isConstraint(error: unknown): boolean {
  return primaryCode(error) === constraintCode;
}

export function isBusy(error: unknown): boolean {
  return primaryCode(error) === busyCode;
}

export function unavailable(doing: string, error: unknown): DatabaseUnavailable {
  const why = error instanceof Error ? error.message : String(error);
  return new DatabaseUnavailable(`${doing}: ${why}`, { cause: error });
}
