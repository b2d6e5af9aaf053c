/** One for each language that the public data has. */
declare module 'virtual:emoji/*' {
  /** By tone, e.g. `medium-light`. */
  export const skinTones: Readonly<Record<string, string>>;
  export const lines: string;
}
