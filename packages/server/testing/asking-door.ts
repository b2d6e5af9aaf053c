import type { commands, ErrorCode } from '@confab/protocol';
import type { Reply } from './http-asker.ts';

export type Command = keyof typeof commands;
export type Told = ErrorCode | 'ok';

/** A door of a started server, for whoever comes with a token (or none) and asks one thing. */
export interface AskingDoor {
  readonly name: string;
  /** Its folder in `@confab/transports`; `http` for the HTTP interface. */
  readonly door: string;
  /** Lets nobody in without a session, whatever they ask. */
  readonly signedInOnly: boolean;
  /** What cannot be asked here, and why. */
  readonly notTaken: Readonly<Partial<Record<Command, string>>>;
  /** `ok`, or the code that it was refused with. `url`: where the server is. */
  ask(url: string, token: string | null, command: Command, params: unknown): Promise<Told>;
}

export function codeOf(reply: Reply): Told {
  return 'error' in reply ? reply.error.code : 'ok';
}

/** The protocol's code in what a foreign client made of a refusal. Throws when it holds none. */
export function codeIn(text: unknown): Told {
  const found = /^[a-z]+(-[a-z]+)*$/.exec(String(text));
  if (!found) throw new Error(`No code of the protocol: ${text}`);
  return found[0] as Told;
}

/**
 * [H8] comes before [C1]: a connection does not live to hear that its own session was ended. What else ends it before
 * the answer is an error.
 */
export function endedBefore(command: Command, why: unknown): Told {
  if (command === 'account.sign-out') return 'ok';
  throw new Error(`The connection ended before ${command} was answered: ${why}`);
}
