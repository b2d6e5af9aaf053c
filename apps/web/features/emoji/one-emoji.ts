/** `null` in browsers that know no properties of strings yet: they take an emoji as it comes. */
function readForm(): RegExp | null {
  try {
    return /^\p{RGI_Emoji}$/v;
  } catch {
    return null;
  }
}

const form = readForm();

/** Whether a text is one emoji that Unicode recommends for interchange: what the server takes as a reaction. */
export const isOneEmoji = (text: string): boolean => form === null || form.test(text);
