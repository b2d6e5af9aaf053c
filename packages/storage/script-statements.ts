/**
 * Transactions and settings belong to the implementation: a script that ended a transaction would take its neighbours'
 * work with it.
 */
const forbiddenInScripts =
  /^\s*(begin|start|commit|end|rollback|abort|savepoint|release|prepare|deallocate|discard|set|reset|lock|pragma|attach|detach|vacuum)\b/i;

/** @throws an `Error` that names a statement which scripts may not run. */
export function requireScriptStatement(sql: string): void {
  if (forbiddenInScripts.test(sql)) throw new Error(`a script may not run: ${sql}`);
}
