import { Check } from 'lucide-react';
import { Fragment, memo, type ReactNode } from 'react';
import styles from './markdown.module.css';
import { type Block, type Inline, type ListEntry, markdownTree } from './markdown-tree.ts';

/** A message's text, drawn from its tree. Parsed once for a text, as long as it stays the same. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className={isOnlyEmoji(text) ? styles.emoji : styles.text} dir="auto">
      {drawBlocks(markdownTree(text))}
    </div>
  );
});

/** One to three emoji and nothing else are drawn larger. */
function isOnlyEmoji(text: string): boolean {
  return (
    text.length <= 48 &&
    /^(\p{Extended_Pictographic}(\p{EMod}|\uFE0F|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u.test(text)
  );
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
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        <pre className={styles.pre} dir="ltr" tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
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
      <span className={styles.box} role="img" aria-label={entry.done ? 'Done' : 'To do'} data-done={entry.done}>
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
      return inline.text;
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
          {drawInlines(inline.children)}
        </a>
      );
  }
}
