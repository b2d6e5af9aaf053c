import { Suspense } from 'react';
import { lazy } from '../../ui/lazy.ts';
import type { Silence } from './use-silence.ts';

const SilentComposer = lazy(() => import('./silent-composer.tsx'));

/** What stands where the composer was; loaded when there is nothing to write with. */
export function Silenced({ silence }: { silence: NonNullable<Silence> }) {
  return (
    <Suspense fallback={null}>
      <SilentComposer silence={silence} />
    </Suspense>
  );
}
