/** Some of an upload's bytes, as they came. */
export interface UploadPiece {
  /** Which of the upload's bytes is its first. */
  readonly at: number;
  readonly bytes: number;
}

/** What is taken of a piece: all of it but the first so many bytes. */
export interface PieceUse<Piece extends UploadPiece> {
  readonly piece: Piece;
  readonly skip: number;
}

const form = /^(\d{15})-(\d{1,15})$/;

export const pieceName = ({ at, bytes }: UploadPiece): string => `${String(at).padStart(15, '0')}-${bytes}`;

export function parsePieceName(name: string): UploadPiece | undefined {
  const [, at, bytes] = form.exec(name) ?? [];
  return at === undefined || bytes === undefined ? undefined : { at: Number(at), bytes: Number(bytes) };
}

/**
 * Puts pieces together from the first byte on, up to the first one that is missing. Two requests that overlap, because
 * one is sent again while the other still waits somewhere, have brought the same bytes: each is taken once.
 */
export function joinedPieces<Piece extends UploadPiece>(
  pieces: readonly Piece[],
): {
  readonly uses: readonly PieceUse<Piece>[];
  readonly end: number;
} {
  const uses: PieceUse<Piece>[] = [];
  let end = 0;
  for (const piece of [...pieces].sort((one, other) => one.at - other.at || other.bytes - one.bytes)) {
    if (piece.at > end) break;
    if (piece.at + piece.bytes <= end) continue;
    uses.push({ piece, skip: end - piece.at });
    end = piece.at + piece.bytes;
  }
  return { uses, end };
}
