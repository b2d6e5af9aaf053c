import type { Message } from '@confab/protocol';
import { Suspense } from 'react';
import { lazy } from '../../ui/lazy.ts';

/** Loaded with the first poll that is seen. */
const PollCard = lazy(() => import('./poll-card.tsx'));

/** Heights of a row and of what stands around the rows, so that nothing moves when it is there. CSS pixels. */
const [rowPx, aroundPx] = [46, 66];

export function PollPart({ message }: { message: Message }) {
  const { poll } = message;
  if (poll === undefined || message.deletedAt !== null) return null;
  const height = poll.options.length * rowPx + aroundPx;
  return (
    <Suspense fallback={<div style={{ blockSize: height }} />}>
      <PollCard message={message} poll={poll} />
    </Suspense>
  );
}
