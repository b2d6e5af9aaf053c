declare module 'virtual:emoji/en' {
  export const groups: readonly { index: number; label: string }[];
  /** By tone, e.g. `medium-light`. */
  export const skinTones: Readonly<Record<string, string>>;
  export const lines: string;
}
