import { Check, Copy } from 'lucide-react';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { t } from '../../../language/sentences.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { CodePiece } from './code-pieces.ts';
import styles from './markdown.module.css';

/** For this long the button says that it was done. */
const copiedForMs = 2_000;

/** Code as it was written, coloured where its language was named. */
export function CodeBlock({ text, language }: { text: string; language: string }) {
  return (
    <div className={styles.codeFrame} dir="ltr">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard */}
      <pre className={styles.pre} tabIndex={0}>
        <Code text={text} language={language} />
      </pre>
      <CopyButton text={text} />
    </div>
  );
}

/** The code alone, for a `<pre>` with the same colours. */
export function Code({ text, language }: { text: string; language: string }) {
  const pieces = useCodePieces(text, language);
  return <code>{pieces === null ? text : draw(pieces)}</code>;
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), copiedForMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      className={styles.copy}
      size="small"
      label={copied ? t('Copied') : t('Copy code')}
      icon={copied ? <Check size={15} /> : <Copy size={15} />}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    />
  );
}

/** The colours come when they are loaded; the letters stay where they are. */
function useCodePieces(text: string, language: string): readonly CodePiece[] | null {
  const [pieces, setPieces] = useState<readonly CodePiece[] | null>(null);
  useEffect(() => {
    if (language === '') return setPieces(null);
    let wanted = true;
    import('./code-pieces.ts').then(
      ({ codePieces }) => (wanted ? setPieces(codePieces(text, language)) : undefined),
      // Without colours it reads as well.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [text, language]);
  return pieces;
}

function draw(pieces: readonly CodePiece[]): ReactNode {
  return pieces.map((piece, index) =>
    typeof piece === 'string' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces never change
      <Fragment key={index}>{piece}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces never change
      <span key={index} data-code={piece.scope}>
        {draw(piece.children)}
      </span>
    ),
  );
}
