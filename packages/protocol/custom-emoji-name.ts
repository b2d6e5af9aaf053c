/** `:name:` as it stands in a text: an emoji of a space, if there is one of that name. */
export const customEmojiInText = /:([a-z0-9][a-z0-9_+-]{1,31}):/g;

/** The name in `:name:`; `null` for anything else. */
export function customEmojiName(text: string): string | null {
  return /^:([a-z0-9][a-z0-9_+-]{1,31}):$/.exec(text)?.[1] ?? null;
}
