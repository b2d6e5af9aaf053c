import { useConfab, useStore } from '@confab/client/react';
import { Suspense } from 'react';
import { lazy } from '../../ui/lazy.ts';

const NotesDialog = lazy(() => import('./notes-dialog.tsx'));

/** Shows what moderators told one; loaded when there is something. */
export function ModerationNotes() {
  const { notes } = useStore(useConfab().moderation.own);
  if (notes.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <NotesDialog />
    </Suspense>
  );
}
