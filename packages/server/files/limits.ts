/** What an instance takes of files. */
export interface FileLimits {
  /** How large one may be, in bytes. */
  readonly fileBytes: number;
  /** How much all of a person's, and all of a space's, may have together, in bytes; `null`: as much as there is room for. */
  readonly personBytes: number | null;
  readonly spaceBytes: number | null;
  /** What is left free for everything else, in bytes. */
  readonly reserveBytes: number;
  /** Media types that are not taken, or their first parts. */
  readonly refusedTypes: readonly string[];
}
