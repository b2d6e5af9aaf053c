import type { CommandName, Params } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { Access, ReachedBy } from './access.ts';
import type { Actor } from './actor.ts';
import type { PreparedFor, ScriptResult } from './prepared.ts';
import type { LimitClass } from './rate-classes.ts';
import type { Transaction } from './transaction.ts';

/** Commands that are the domain's; those of connections and logs are the engine's. */
export type OperationName = Exclude<CommandName, `connection.${string}` | `log.${string}`>;

export interface Context<Name extends OperationName, Granted extends Access> {
  readonly actor: Granted['who'] extends 'anyone' ? Actor | null : Actor;
  /** What `access` reached: the row, with the asker's role and membership. */
  readonly reached: ReachedBy[Granted['who']];
  readonly prepared: PreparedFor<Name>;
  readonly tx: Transaction;
}

/**
 * One thing that a person or bot may do. `run` is a script: it runs after `access` was granted, in the same
 * transaction, and refuses by throwing a `Refusal`, which undoes everything.
 */
export interface Operation<Name extends OperationName, Granted extends Access = Access> {
  readonly name: Name;
  readonly kind: 'read' | 'write';
  readonly access: Granted;
  readonly limit: LimitClass;
  /** How many ids `run` takes at most. */
  readonly ids?: number;
  run(context: Context<Name, Granted>, params: Params<Name>): Step<ScriptResult<Name>>;
}

export function operation<Name extends OperationName, const Granted extends Access>(
  definition: Operation<Name, Granted>,
): Operation<Name, Granted> {
  return definition;
}
