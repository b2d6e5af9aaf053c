import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { ChevronLeft, ChevronRight, Download, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { untilLoaded } from '../../ui/lazy.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Viewer } from '../../ui/viewer.tsx';
import { factsOf } from './file-card.tsx';
import { save } from './file-menu.tsx';
import type { PdfDocument } from './pdf-document.ts';
import styles from './viewers.module.css';

/** How wide a page is shown at most before it is made larger. CSS pixels. */
const mostFittedPx = 900;
const besidePx = 32;
const [leastZoom, zoomStep, mostZoom] = [0.5, 1.25, 4];

/** The pages of a PDF, one at a time. */
export default function PdfViewer({ placed: { file }, onClose }: { placed: PlacedFile; onClose: () => void }) {
  const { files } = useConfab();
  const { pdf, failed } = usePdf(files.address(file.id));
  const [number, setNumber] = useState(1);
  const [zoom, setZoom] = useState(1);
  const count = pdf?.numPages ?? file.pages ?? 1;
  const step = (by: number) => setNumber((last) => Math.min(Math.max(1, last + by), count));
  const zoomBy = (factor: number) => setZoom((last) => Math.min(Math.max(leastZoom, last * factor), mostZoom));
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const does = {
      PageDown: () => step(1),
      PageUp: () => step(-1),
      ArrowRight: () => step(1),
      ArrowLeft: () => step(-1),
      Home: () => setNumber(1),
      End: () => setNumber(count),
      '+': () => zoomBy(zoomStep),
      '=': () => zoomBy(zoomStep),
      '-': () => zoomBy(1 / zoomStep),
      '0': () => setZoom(1),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  };
  return (
    <Viewer
      title={file.name}
      facts={factsOf(file)}
      onClose={onClose}
      onKeyDown={press}
      actions={
        <>
          <IconButton
            label={t('Previous page')}
            icon={<ChevronLeft size={18} className={styles.arrow} />}
            disabled={number === 1}
            onClick={() => step(-1)}
          />
          <span className={styles.pageNumber} aria-live="polite">
            {t('{index} of {count}', { index: number, count })}
          </span>
          <IconButton
            label={t('Next page')}
            icon={<ChevronRight size={18} className={styles.arrow} />}
            disabled={number >= count}
            onClick={() => step(1)}
          />
          <IconButton label={t('Smaller')} icon={<ZoomOut size={18} />} onClick={() => zoomBy(1 / zoomStep)} />
          <IconButton label={t('Larger')} icon={<ZoomIn size={18} />} onClick={() => zoomBy(zoomStep)} />
          <IconButton
            label={t('Download')}
            icon={<Download size={18} />}
            onClick={() => save(files.address(file.id, { download: true }), file.name)}
          />
        </>
      }
    >
      {failed ? (
        <div className={styles.failed}>
          <Banner tone="danger">{t('This PDF cannot be shown here. You can download it.')}</Banner>
        </div>
      ) : pdf === null ? (
        <Skeleton rows={8} shape="line" />
      ) : (
        <Page key={number} pdf={pdf} number={number} zoom={zoom} />
      )}
    </Viewer>
  );
}

function usePdf(address: string): { pdf: PdfDocument | null; failed: boolean } {
  const [pdf, setPdf] = useState<PdfDocument | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    let close = () => {};
    void untilLoaded(() => import('./pdf-document.ts')).then(({ openPdf }) => {
      if (gone) return;
      const opened = openPdf(address);
      close = opened.close;
      opened.document.then(setPdf, () => (gone ? undefined : setFailed(true)));
    });
    return () => {
      gone = true;
      close();
    };
  }, [address]);
  return { pdf, failed };
}

interface PageProps {
  pdf: PdfDocument;
  number: number;
  zoom: number;
}

function Page({ pdf, number, zoom }: PageProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const fitted = useFittedWidth(scroller);
  const width = fitted === null ? null : Math.round(fitted * zoom);
  useEffect(() => {
    if (width === null) return;
    const drawing = new AbortController();
    const { signal } = drawing;
    const draw = async () => {
      const [{ drawPage }, page] = await Promise.all([import('./pdf-document.ts'), pdf.getPage(number)]);
      if (signal.aborted || canvas.current === null) return;
      setText(await drawPage(page, canvas.current, { width, signal }));
    };
    draw().catch(() => (signal.aborted ? undefined : setFailed(true)));
    return () => drawing.abort();
  }, [pdf, number, width]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <div ref={scroller} className={styles.pages} tabIndex={0}>
      {failed ? <Banner tone="danger">{t('This page cannot be shown.')}</Banner> : null}
      <canvas
        ref={canvas}
        className={styles.page}
        style={width === null ? {} : { inlineSize: width }}
        role="img"
        aria-label={t('Page {number}', { number })}
      />
      {/* What a canvas does not say. */}
      <p className={styles.spoken} dir="auto">
        {text}
      </p>
    </div>
  );
}

/** How wide a page is that fits beside nothing; anew when the window changes. */
function useFittedWidth(scroller: { current: HTMLElement | null }): number | null {
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.min(element.clientWidth - besidePx, mostFittedPx)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return width;
}
