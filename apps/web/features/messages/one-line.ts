/** So much of a text is looked at. Characters. */
const mostChars = 400;

/** The beginning of a text in one line, without the marks that lay it out. */
export function oneLine(text: string): string {
  return text
    .slice(0, mostChars)
    .replace(/^```\w*$/gm, ' ')
    .replace(/^\s*(?:>|#{1,6}\s|[-*+]\s|\d+[.)]\s)+/gm, '')
    .replace(/\|\|.+?\|\|/g, '…')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(\S(?:.*?\S)?)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\s+/g, ' ')
    .trim();
}
