import type { SlackAttachment, SlackBlock, SlackFile, SlackMessage } from './slack-shapes.ts';

const lines = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part.trim() !== '').join('\n');

const marked = (target: string, label?: string): string => (label ? `<${target}|${label}>` : `<${target}>`);

/** A piece of a block as Slack would write it in a text. */
function blockText(block: SlackBlock): string {
  switch (block.type) {
    case 'link':
      return marked(block.url ?? '', typeof block.text === 'string' ? block.text : undefined);
    case 'user':
      return marked(`@${block.user_id ?? ''}`);
    case 'channel':
      return marked(`#${block.channel_id ?? ''}`);
    case 'broadcast':
      return marked(`!${block.range ?? 'channel'}`);
    case 'emoji':
      return `:${block.name ?? ''}:`;
    case 'rich_text_list':
      return (block.elements ?? []).map((element) => `• ${blockText(element)}`).join('\n');
    case 'rich_text_preformatted':
      return `\`\`\`${inner(block)}\`\`\``;
    case 'rich_text_quote':
      return inner(block).replace(/^/gm, '&gt; ');
    case 'rich_text':
    case 'actions':
      return lines((block.elements ?? []).map(blockText));
    default: {
      const own = typeof block.text === 'string' ? block.text : block.text?.text;
      return lines([own, ...(block.fields ?? []).map(({ text }) => text), inner(block)]);
    }
  }
}

const inner = ({ elements }: SlackBlock): string => (elements ?? []).map(blockText).join('');

/** What a program hung on its message, and what Slack told of a page: the latter stands in the text as a link already. */
function attachmentText(attachment: SlackAttachment): string {
  const { pretext, title, title_link: link, text, fields = [], fallback } = attachment;
  if (attachment.from_url !== undefined || attachment.service_name !== undefined) return '';
  const heading = title && link ? marked(link, title) : title;
  const told = lines([pretext, heading, text, ...fields.map(({ title: name, value }) => lines([name, value]))]);
  return told === '' ? (fallback ?? '') : told;
}

const isThere = ({ mode }: SlackFile): boolean => mode !== 'tombstone';

/** Files that a message carried, without those that were deleted. */
export function filesOf({ files, file }: SlackMessage): SlackFile[] {
  return [...(files ?? []), ...(file && !files ? [file] : [])].filter(isThere);
}

/** Everything that a message says, in Slack's way of writing. */
export function rawTextOf(message: SlackMessage): string {
  const { text = '', attachments = [], blocks = [], comment } = message;
  const said = text.trim() === '' ? lines(blocks.map(blockText)) : text;
  const files = filesOf(message).map(({ name, title }) => `📎 ${name ?? title ?? ''}`.trimEnd());
  return lines([said, comment?.comment, ...attachments.map(attachmentText), ...files]);
}
