/** How an answer goes on: as a stream of one kind, or as one JSON answer to each request. */
export type Manner = 'sse' | 'lines' | 'json';

const manners: ReadonlyMap<string, Manner> = new Map([
  ['text/event-stream', 'sse'],
  ['application/x-ndjson', 'lines'],
  ['application/ndjson', 'lines'],
  ['application/json', 'json'],
]);

/** The first media type of an `Accept` header that there is an answer in; JSON where none is named. */
export function mannerOf(accept: string | undefined): Manner {
  for (const range of (accept ?? '').split(',')) {
    const manner = manners.get(range.split(';')[0]?.trim().toLowerCase() ?? '');
    if (manner !== undefined) return manner;
  }
  return 'json';
}
