import { customEmojiInText } from '@confab/protocol/custom-emoji-name.ts';
import { Check } from 'lucide-react';
import { Fragment, memo, type ReactNode } from 'react';
import { t } from '../../../language/sentences.ts';
import { CodeBlock } from './code-block.tsx';
import { emojiOnly } from './emoji-only.ts';
import { Formula } from './formula.tsx';
import styles from './markdown.module.css';
import { type Block, type Inline, type ListEntry, markdownTree } from './markdown-tree.ts';
import { Spoiler } from './spoiler.tsx';
import { TextPieces } from './text-pieces.tsx';

/** A message's text, drawn from its tree. Parsed once for a text, as long as it stays the same. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className={styles[sizeOf(text)]} dir="auto">
      {drawBlocks(markdownTree(text))}
    </div>
  );
});

/** Emoji alone are large, those of a space's own too; their names stay as they are where there is no such emoji. */
function sizeOf(text: string): 'text' | 'emoji' | 'largeEmoji' | 'largePictures' {
  const size = emojiOnly(text);
  if (size !== 'text' || !text.startsWith(':')) return size;
  return emojiOnly(text.replace(customEmojiInText, '🙂')) === 'largeEmoji' ? 'largePictures' : 'text';
}

// Trees never change, so an index is as good a key as there is.
function drawBlocks(blocks: readonly Block[]): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: see above
  return blocks.map((block, index) => <Fragment key={index}>{drawBlock(block)}</Fragment>);
}

function drawBlock(block: Block): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return <p>{drawInlines(block.children)}</p>;
    case 'heading':
      // A strong line and no heading: a message must not take part in the page's outline.
      return <p className={styles.heading}>{drawInlines(block.children)}</p>;
    case 'code':
      return <CodeBlock text={block.text} language={block.language} />;
    case 'formula':
      return <Formula tex={block.text} display />;
    case 'quote':
      return <blockquote className={styles.quote}>{drawBlocks(block.children)}</blockquote>;
    case 'list':
      return block.start === null ? (
        <ul className={styles.list}>{block.items.map(drawEntry)}</ul>
      ) : (
        <ol className={styles.list} start={block.start}>
          {block.items.map(drawEntry)}
        </ol>
      );
    case 'table':
      return <Table block={block} />;
    case 'rule':
      return <hr className={styles.rule} />;
  }
}

function drawEntry(entry: ListEntry, index: number): ReactNode {
  if (entry.done === null) return <li key={index}>{drawBlocks(entry.children)}</li>;
  return (
    <li key={index} className={styles.task}>
      <span className={styles.box} role="img" aria-label={entry.done ? t('Done') : t('To do')} data-done={entry.done}>
        {entry.done ? <Check size={12} strokeWidth={3} aria-hidden /> : null}
      </span>
      <div>{drawBlocks(entry.children)}</div>
    </li>
  );
}

function Table({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  const align = (column: number) => ({ textAlign: (block.align[column] ?? 'start') as 'start' });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <div className={styles.tableFrame} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {block.header.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: trees never change
              <th key={column} style={align(column)}>
                {drawInlines(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: trees never change
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: trees never change
                <td key={column} style={align(column)}>
                  {drawInlines(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function drawInlines(inlines: readonly Inline[]): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: trees never change
  return inlines.map((inline, index) => <Fragment key={index}>{drawInline(inline)}</Fragment>);
}

function drawInline(inline: Inline): ReactNode {
  switch (inline.kind) {
    case 'text':
      return <TextPieces text={inline.text} />;
    case 'formula':
      return <Formula tex={inline.text} display={false} />;
    case 'spoiler':
      return <Spoiler words={wordsOf(inline.children)}>{drawInlines(inline.children)}</Spoiler>;
    case 'code':
      return <code className={styles.code}>{inline.text}</code>;
    case 'strong':
      return <strong>{drawInlines(inline.children)}</strong>;
    case 'emphasis':
      return <em>{drawInlines(inline.children)}</em>;
    case 'strike':
      return <s>{drawInlines(inline.children)}</s>;
    case 'break':
      return <br />;
    case 'link':
      return (
        <a className={styles.link} href={inline.href} target="_blank" rel="noopener noreferrer nofollow">
          {/* What names a room is no link within a link. */}
          {inline.children.map((child) => (child.kind === 'text' ? child.text : drawInlines([child])))}
        </a>
      );
  }
}

/** What is written in it, without its marks. */
function wordsOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => ('children' in inline ? wordsOf(inline.children) : 'text' in inline ? inline.text : ' '))
    .join('');
}
