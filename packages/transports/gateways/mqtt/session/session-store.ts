import { hash } from 'node:crypto';
import { type CommandName, limits, type Params, type Result, type WireError } from '@confab/protocol';
import { decodeSession, encodeSession, isExpired, type SavedSession } from './saved-session.ts';

/** Asks one command for the session's person. */
export type AskAs = <Name extends CommandName>(
  command: Name,
  params: Params<Name>,
) => Promise<{ result: Result<Name> } | { error: WireError }>;

/** Room for the quotes and the version around one piece. */
const pieceBytes = limits.cursorStateBytes - 1_024;
const prefix = 'mqtt:';

/**
 * Where a session stands, kept as a cursor of its person. One that is too large is cut into pieces that are written
 * beside those of the time before; the head, written last, says which count. So a kill in between loses nothing.
 */
export class SessionStore {
  private readonly ask: AskAs;
  private readonly name: string;
  private turn = 0;

  constructor(ask: AskAs, clientId: string) {
    this.ask = ask;
    // What cannot be a cursor's name stands there as its digest; no client id is taken as it is and looks like one.
    const plain = /^[!-}]{1,90}$/.test(clientId) && !clientId.startsWith('#');
    this.name = `${prefix}${plain ? clientId : `#${hash('sha256', clientId, 'base64url')}`}`;
  }

  /** What was saved, unless it has expired; `undefined`: nothing. */
  async load(now: number, maxS: number): Promise<{ session: SavedSession | undefined } | { error: WireError }> {
    const shown = await this.ask('cursor.show', { name: this.name });
    if ('error' in shown) return shown.error.code === 'not-found' ? { session: undefined } : shown;
    const { state, savedAt } = shown.result.cursor;
    const text = await this.textOf(state);
    const session = text === undefined ? undefined : decodeSession(text);
    return { session: session && !isExpired(session, savedAt, now, maxS) ? session : undefined };
  }

  async save(session: SavedSession): Promise<WireError | undefined> {
    const text = encodeSession(session);
    if (bytesOf(text) <= pieceBytes) return this.put(this.name, { text });
    const turn = 1 - this.turn;
    const pieces = cut(text);
    for (const [index, piece] of pieces.entries()) {
      const error = await this.put(this.pieceName(turn, index), piece);
      if (error) return error;
    }
    const error = await this.put(this.name, { turn, pieces: pieces.length });
    if (error === undefined) this.turn = turn;
    return error;
  }

  async remove(): Promise<void> {
    const { ask, name } = this;
    const listed = await ask('cursor.list', {});
    if ('error' in listed) return;
    const own = listed.result.cursors.filter((each) => each.name === name || each.name.startsWith(`${name}~`));
    for (const each of own) await ask('cursor.delete', { name: each.name });
  }

  private async put(name: string, state: unknown): Promise<WireError | undefined> {
    const saved = await this.ask('cursor.save', { name, state });
    return 'error' in saved ? saved.error : undefined;
  }

  /** The whole text behind a head; whatever else its owner has put there is none. */
  private async textOf(state: unknown): Promise<string | undefined> {
    if (typeof state !== 'object' || state === null) return undefined;
    const { text, turn, pieces } = state as Partial<Record<'text' | 'turn' | 'pieces', unknown>>;
    if (typeof text === 'string') return text;
    if (typeof pieces !== 'number') return undefined;
    this.turn = turn === 1 ? 1 : 0;
    let whole = '';
    for (let index = 0; index < pieces; index += 1) {
      const shown = await this.ask('cursor.show', { name: this.pieceName(this.turn, index) });
      if ('error' in shown) return undefined;
      whole += String(shown.result.cursor.state);
    }
    return whole;
  }

  private pieceName(turn: number, index: number): string {
    return `${this.name}~${turn}${index}`;
  }
}

/** Forgets the sessions of a person that have expired; answers whether there were any. */
export async function removeExpired(ask: AskAs, now: number, maxS: number): Promise<boolean> {
  const listed = await ask('cursor.list', {});
  if ('error' in listed) return false;
  const names = listed.result.cursors.map(({ name }) => name).filter((name) => name.startsWith(prefix));
  let removed = false;
  for (const { name, savedAt } of listed.result.cursors) {
    if (!name.startsWith(prefix) || name.includes('~')) continue;
    const shown = await ask('cursor.show', { name });
    const state = 'result' in shown ? (shown.result.cursor.state as { text?: unknown } | null) : null;
    // One in pieces counts as much as its last saving.
    const session = typeof state?.text === 'string' ? decodeSession(state.text) : undefined;
    const expired = session ? isExpired(session, savedAt, now, maxS) : now - savedAt > maxS * 1_000;
    if (!expired) continue;
    removed = true;
    for (const each of names.filter((other) => other === name || other.startsWith(`${name}~`))) {
      await ask('cursor.delete', { name: each });
    }
  }
  return removed;
}

/** As it is counted: the text is a JSON value itself there. */
function bytesOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

function cut(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    let chars = Math.min(text.length - at, pieceBytes);
    while (bytesOf(text.slice(at, at + chars)) > pieceBytes) chars = Math.floor(chars * 0.75);
    // A character of two halves stays whole: half of one is no text.
    if (/[\ud800-\udbff]/.test(text.charAt(at + chars - 1))) chars -= 1;
    pieces.push(text.slice(at, at + chars));
    at += chars;
  }
  return pieces;
}
