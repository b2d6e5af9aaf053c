import type { Confab, RoomState } from '@confab/client';
import type { MessageId, PostContext } from '@confab/protocol';
import type { DialogRequest } from '../../app/dialogs.tsx';
import type { Route } from '../../app/route.ts';
import { type Sentence, t } from '../../language/sentences.ts';

/** What a command may use. */
export interface CommandContext {
  readonly confab: Confab;
  /** Where it was typed; absent when it was chosen elsewhere. */
  readonly room: RoomState | undefined;
  readonly thread: MessageId | null;
  /** Posts into the room, or the thread, that the command was typed in. */
  say(text: string, context?: PostContext): void;
  /** The files that are attached where it was typed, as this device calls them. */
  uploads(): readonly string[];
  go(route: Route): void;
  open(dialog: DialogRequest): void;
  /** Tells that it was done, where that does not show by itself. */
  done(words: string): void;
}

/** A word that an argument may be. */
export interface ArgumentChoice {
  readonly word: string;
  readonly title: Sentence;
}

/** What follows a command's name. `hint` names it to whoever types; a `text` is everything that is left. */
export type Argument = { readonly hint: Sentence; readonly optional?: true } & (
  | { readonly kind: 'text' | 'person' | 'people' | 'room' | 'time' }
  | { readonly kind: 'choice'; readonly choices: readonly ArgumentChoice[] }
);

export interface Command {
  /** What is typed after the `/`. */
  readonly name: string;
  /** What it does. */
  readonly title: Sentence;
  readonly arguments: readonly Argument[];
  /** Where it can be used; everywhere when it is not said. */
  fits?(room: RoomState | undefined): boolean;
  /**
   * `text` is what follows the name, without spaces around it.
   * @throws `CommandMistake` with the sentence for whoever typed it, or whatever the server refuses with.
   */
  run(context: CommandContext, text: string): unknown;
}

/** Something about what was typed has to change. The message is a whole sentence. */
export class CommandMistake extends Error {
  override readonly name = 'CommandMistake';
}

/** Commands that need a place to be typed in. */
export const inRoom = (room: RoomState | undefined): boolean => room !== undefined;
export const inChannel = (room: RoomState | undefined): boolean => room?.info.kind === 'channel';
export const notInDirect = (room: RoomState | undefined): boolean => room !== undefined && room.info.kind !== 'direct';

/** The room that a command was typed in. */
export function roomOf({ room }: CommandContext): RoomState {
  if (room === undefined) throw new CommandMistake(t('Open a room first: this is done in a room.'));
  return room;
}
