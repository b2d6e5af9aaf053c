/** What the worker keeps of one build, written into it by the build. Addresses begin with a slash. */
export interface Shell {
  /** Differs when anything in the build does. */
  readonly version: string;
  /** The script that the page starts with: a page that does not name it belongs to another build. */
  readonly entry: string;
  /** Without these there is nothing to show. */
  readonly first: readonly string[];
  /** Parts that are loaded when used: kept so that they are there without a network, and for tabs of an older build. */
  readonly later: readonly string[];
}
