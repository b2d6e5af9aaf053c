import { Lexer, type Token, type Tokens } from 'marked';
import { type ExtraToken, extensions } from './markdown-extensions.ts';
import { safeHref } from './safe-href.ts';

/** What a message is drawn from. Holds no HTML: whatever is not one of these kinds is text. */
export type Block =
  | { kind: 'paragraph' | 'heading'; children: Inline[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'formula'; text: string }
  | { kind: 'quote'; children: Block[] }
  | { kind: 'list'; start: number | null; items: ListEntry[] }
  | { kind: 'table'; align: (string | null)[]; header: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' };

/** `done` is `null` for an entry that is no task. */
export interface ListEntry {
  done: boolean | null;
  children: Block[];
}

export type Inline =
  | { kind: 'text' | 'code' | 'formula'; text: string }
  | { kind: 'strong' | 'emphasis' | 'strike' | 'spoiler'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] }
  | { kind: 'break' };

/** Deeper than this, what was written shows as it was written. */
const maxDepth = 8;
/** More marks than this in one message and it shows as plain text: the lexer's time grows with their square. */
const maxMarks = 1_500;

/** Reads Markdown (GFM, line breaks kept) into a tree. Never throws: what cannot be read shows as it was written. */
export function markdownTree(text: string): Block[] {
  if ((text.match(/[*_~>[\]`|$]/g)?.length ?? 0) > maxMarks) return plainText(text);
  try {
    return blocks(new Lexer({ gfm: true, breaks: true, extensions }).lex(text), 0);
  } catch {
    return plainText(text);
  }
}

function plainText(text: string): Block[] {
  return [{ kind: 'paragraph', children: withBreaks(text) }];
}

function withBreaks(text: string): Inline[] {
  return text
    .split('\n')
    .flatMap((line, index): Inline[] =>
      index === 0 ? [{ kind: 'text', text: line }] : [{ kind: 'break' }, { kind: 'text', text: line }],
    );
}

function blocks(tokens: readonly Token[], depth: number): Block[] {
  return tokens.flatMap((token) => block(token, depth));
}

function block(token: Token, depth: number): Block[] {
  if (depth > maxDepth) return plainText(token.raw.trimEnd());
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return token.type === 'def' ? plainText(token.raw.trimEnd()) : [];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'code':
      return [code(token as Tokens.Code)];
    case 'formulaBlock':
      return [{ kind: 'formula', text: (token as ExtraToken).text }];
    case 'heading':
      return [{ kind: 'heading', children: inlines(token.tokens ?? [], depth + 1) }];
    case 'blockquote':
      return [{ kind: 'quote', children: blocks(token.tokens ?? [], depth + 1) }];
    case 'list':
      return [list(token as Tokens.List, depth)];
    case 'table':
      return [table(token as Tokens.Table, depth)];
    case 'paragraph':
    case 'text':
      return [{ kind: 'paragraph', children: token.tokens ? inlines(token.tokens, depth + 1) : withBreaks(token.raw) }];
    default:
      return plainText(token.raw.trimEnd());
  }
}

function code(token: Tokens.Code): Block {
  const language = (token.lang ?? '').split(/\s/)[0]?.toLowerCase() ?? '';
  return language === 'math' ? { kind: 'formula', text: token.text } : { kind: 'code', language, text: token.text };
}

function list(token: Tokens.List, depth: number): Block {
  return {
    kind: 'list',
    start: token.ordered ? Number(token.start) || 1 : null,
    items: token.items.map((item) => ({
      done: item.task ? item.checked === true : null,
      children: blocks(item.tokens, depth + 1),
    })),
  };
}

function table(token: Tokens.Table, depth: number): Block {
  const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => inlines(cell.tokens, depth + 1));
  return { kind: 'table', align: [...token.align], header: cells(token.header), rows: token.rows.map(cells) };
}

function inlines(tokens: readonly Token[], depth: number): Inline[] {
  return tokens.flatMap((token) => inline(token, depth));
}

const wrapping = { strong: 'strong', em: 'emphasis', del: 'strike', spoiler: 'spoiler' } as const;

function inline(token: Token, depth: number): Inline[] {
  if (depth > maxDepth) return withBreaks(token.raw);
  switch (token.type) {
    case 'checkbox':
      return [];
    case 'br':
      return [{ kind: 'break' }];
    case 'codespan':
      return [{ kind: 'code', text: token.text }];
    case 'formula':
      return [{ kind: 'formula', text: (token as ExtraToken).text }];
    case 'escape':
      return [{ kind: 'text', text: token.text }];
    case 'strong':
    case 'em':
    case 'del':
    case 'spoiler':
      return [
        { kind: wrapping[token.type as keyof typeof wrapping], children: inlines(token.tokens ?? [], depth + 1) },
      ];
    case 'link':
    case 'image':
      return link(token as Tokens.Link | Tokens.Image, depth);
    case 'text':
      return token.tokens ? inlines(token.tokens, depth + 1) : withBreaks(token.text);
    default:
      return withBreaks(token.raw);
  }
}

/** A picture from elsewhere would tell that place who reads here, so it shows as a link to it. */
function link(token: Tokens.Link | Tokens.Image, depth: number): Inline[] {
  const href = safeHref(token.href);
  if (href === null) return withBreaks(token.raw);
  if (token.type === 'image') return [{ kind: 'link', href, children: [{ kind: 'text', text: token.text || href }] }];
  return [{ kind: 'link', href, children: inlines(token.tokens ?? [], depth + 1) }];
}
