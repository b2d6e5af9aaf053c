import type { PlacedFile } from '@confab/protocol';
import { lazy } from '../../ui/lazy.ts';
import TextViewer from './text-viewer.tsx';

const PdfViewer = lazy(() => import('./pdf-viewer.tsx'));

/** All of a file that has pages or lines. */
export default function FileViewer(props: { placed: PlacedFile; onClose: () => void }) {
  return props.placed.file.kind === 'pdf' ? <PdfViewer {...props} /> : <TextViewer {...props} />;
}
