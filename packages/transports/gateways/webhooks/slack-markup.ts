/**
 * Slack's markup as Markdown (facts: Slack's "Formatting text for app surfaces"). Code is left as it is; everything
 * else changes only where the two differ: one `*` for bold, one `~` for struck out, `<…>` for links and mentions.
 */
export function markdownOf(markup: string): string {
  return markup
    .split(/(```.*?```|`[^`\n]+`)/s)
    .map((part, index) => (index % 2 === 1 ? unescaped(part) : unescaped(styled(linked(part)))))
    .join('');
}

const named: Readonly<Record<string, string>> = { '!here': '@here', '!channel': '@room', '!everyone': '@room' };

function linked(text: string): string {
  return text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, label: string | undefined) => {
    if (target.startsWith('!')) return named[target] ?? label ?? target.slice(1);
    if (target.startsWith('@') || target.startsWith('#')) return label ? `${target[0]}${label}` : target;
    if (!/^(https?:|mailto:)/i.test(target)) return label ?? target;
    return label ? `[${label}](${target})` : `<${target}>`;
  });
}

function styled(text: string): string {
  return text
    .replace(/(^|[\s([{"'])\*(\S(?:[^*\n]*\S)?)\*(?=$|[\s)\]}"'.,;:!?])/gm, '$1**$2**')
    .replace(/(^|[\s([{"'])~(\S(?:[^~\n]*\S)?)~(?=$|[\s)\]}"'.,;:!?])/gm, '$1~~$2~~');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
