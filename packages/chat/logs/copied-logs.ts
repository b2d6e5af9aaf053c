/** How the content of files is named. */
export const namedContent = {
  table: 'file_previews',
  query: "SELECT blob FROM files WHERE blob <> '' UNION SELECT blob FROM file_previews",
} as const;

/** Figures about what is kept, each a query with one number. */
export const holdingFacts: Readonly<Record<string, string>> = {
  accounts: 'SELECT COUNT(*) FROM users',
  rooms: 'SELECT COUNT(*) FROM rooms',
  messages: 'SELECT COUNT(*) FROM messages',
  logs: 'SELECT COUNT(*) FROM logs',
  // The sum of all heads: two copies with the same one end at the same events.
  events: 'SELECT COALESCE(SUM(head), 0) FROM logs',
};

/**
 * The statement that gives every log a new epoch, in a copy that may end before what people have seen: they load it
 * anew instead of taking its next events for ones that they have ([L1], [L7]).
 * @param now Unix milliseconds. Epochs are its seconds: when one backup is restored twice, the second is a new history
 * for those who saw the first.
 */
export function newEpochs(now: number): { readonly sql: string; readonly params: readonly number[] } {
  const seconds = Math.floor(now / 1_000);
  return {
    sql: 'UPDATE logs SET epoch = CASE WHEN epoch < ? THEN ? ELSE epoch + 1 END',
    params: [seconds, seconds],
  };
}
