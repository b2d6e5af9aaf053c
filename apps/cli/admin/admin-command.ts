import type { Progress, ServerConfig } from '@confab/server';

export interface AdminCommand {
  /** What is to be given with it, for the help text. */
  readonly argument: string;
  readonly help: string;
  /** Whether more than one argument can be given. */
  readonly takesMore?: true;
  /** Resolves to what is said at the end. Rejects with a sentence, `Misused` among others, or an error. */
  run(argument: string | undefined, context: AdminContext, args: readonly string[]): Promise<readonly string[]>;
}

export interface AdminContext {
  readonly config: ServerConfig;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly progress: Progress;
  /** Tells how far it is. */
  readonly say: (line: string) => void;
}

/** The command was given what it cannot do with. */
export class Misused extends Error {
  override readonly name = 'Misused';
}
