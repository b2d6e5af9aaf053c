/** More emoji than these stand in the size of text. */
const mostLarge = 3;
const mostMedium = 24;
/** One emoji, or a space. Written so that every browser that the app runs in can read it. */
const piece =
  /(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F)?(?:\u200D\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F)?)*[\u{E0020}-\u{E007F}]*)|\s+/gu;

/** How large a message's emoji are drawn: larger when it holds nothing else. */
export function emojiOnly(text: string): 'text' | 'emoji' | 'largeEmoji' {
  const pieces = text.match(piece);
  if (pieces === null || pieces.join('').length !== text.length) return 'text';
  const count = pieces.filter((each) => each.trim() !== '').length;
  if (count === 0 || count > mostMedium) return 'text';
  return count <= mostLarge ? 'largeEmoji' : 'emoji';
}
