import { webhookLimits } from './limits.ts';
import { markdownOf } from './slack-markup.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.slice(0, webhookLimits.blocks).filter(isObject) : [];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The text of a message in Slack's form: its blocks where it has some, otherwise its text, then its attachments. */
export function textOfSlackMessage(message: Json): string {
  const blocks = list(message.blocks).map(textOfBlock);
  const main = blocks.some((each) => each !== '') ? blocks : [markup(message.text, message.mrkdwn)];
  return lines([...main, ...list(message.attachments).map(textOfAttachment)]);
}

function textOfBlock(block: Json): string {
  switch (block.type) {
    case 'header':
      return bold(plain(block.text));
    case 'divider':
      return '---';
    case 'image':
      return picture(text(block.alt_text), block.image_url);
    case 'context':
      return list(block.elements).map(textOfElement).join(' ');
    case 'section':
      return lines([textObject(block.text), ...list(block.fields).map(textObject)]);
    case 'rich_text':
      return list(block.elements)
        .map((part) => textOfRichText(part, 1))
        .join('\n');
    case 'actions':
      return list(block.elements).map(textOfElement).filter(Boolean).join(' · ');
    default:
      return '';
  }
}

function textOfElement(element: Json): string {
  if (element.type === 'image') return picture(text(element.alt_text), element.image_url);
  if (element.type !== 'button') return textObject(element);
  const label = plain(element.text);
  return typeof element.url === 'string' ? `[${label}](${element.url})` : '';
}

function textOfRichText(part: Json, depth: number): string {
  if (depth > webhookLimits.depth) return '';
  if (part.type === 'link') return `[${text(part.text) || text(part.url)}](${text(part.url)})`;
  if (part.type === 'emoji') return `:${text(part.name)}:`;
  const children = list(part.elements);
  if (children.length === 0) return text(part.text);
  const whole = children.map((child) => textOfRichText(child, depth + 1));
  if (part.type === 'rich_text_list') return whole.map((each) => `- ${each}`).join('\n');
  if (part.type === 'rich_text_quote') return `> ${whole.join('')}`;
  return part.type === 'rich_text_preformatted' ? `\`\`\`\n${whole.join('')}\n\`\`\`` : whole.join('');
}

function textOfAttachment(attachment: Json): string {
  const title = text(attachment.title);
  const linkedTitle = typeof attachment.title_link === 'string' ? `[${title}](${attachment.title_link})` : bold(title);
  const fields = list(attachment.fields).map(({ title, value }) => `${bold(text(title))}: ${markdownOf(text(value))}`);
  const blocks = list(attachment.blocks).map(textOfBlock);
  const body = lines([
    markdownOf(text(attachment.pretext)),
    title === '' ? '' : linkedTitle,
    markdownOf(text(attachment.text)),
    ...fields,
    ...blocks,
    markdownOf(text(attachment.footer)),
  ]);
  return body || markdownOf(text(attachment.fallback));
}

function textObject(value: unknown): string {
  if (!isObject(value)) return '';
  return value.type === 'mrkdwn' ? markdownOf(text(value.text)) : plain(value);
}

const plain = (value: unknown): string => (isObject(value) ? text(value.text) : text(value));
const markup = (value: unknown, mrkdwn: unknown): string => (mrkdwn === false ? text(value) : markdownOf(text(value)));
const bold = (value: string): string => (value === '' ? '' : `**${value}**`);
const picture = (label: string, url: unknown): string =>
  typeof url === 'string' ? `[${label || 'picture'}](${url})` : label;
const lines = (parts: readonly string[]): string => parts.filter((each) => each !== '').join('\n');
