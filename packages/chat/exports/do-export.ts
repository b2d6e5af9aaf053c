import type { Export } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { type JobData, type JobHandler, scheduleJob } from '../jobs/index.ts';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { accountSteps } from './account-steps.ts';
import type { ExportSteps } from './export-step.ts';
import { addPart, deleteExport, dropParts, exportById, type Making, setProgress, setState } from './export-store.ts';
import { roomSteps } from './room-steps.ts';

/** What each kind of export is made of. */
export const stepsOf: Readonly<Record<Export['what'], ExportSteps>> = { account: accountSteps, room: roomSteps };

export function* tellExport(tx: Transaction, { user, export: told }: Pick<Making, 'user' | 'export'>): Step<void> {
  yield* append(tx, { log: inboxLog(user), name: 'inbox.export-changed', by: user, data: told });
}

export function* planExport(tx: Transaction, { user, export: { id } }: Pick<Making, 'user' | 'export'>, dueAt: number) {
  yield* scheduleJob(tx, { kind: 'export', subject: id, lane: user, dueAt, data: null });
}

/** Takes an export away with all that is in it, and says so. */
export function* takeAway(tx: Transaction, { user, export: { id } }: Making): Step<void> {
  yield* deleteExport(id);
  yield* append(tx, { log: inboxLog(user), name: 'inbox.export-removed', by: user, data: { export: id } });
}

function* end(tx: Transaction, making: Making, state: 'ready' | 'failed'): Step<void> {
  const endsAt = tx.now + limits.exportLifetimeMs;
  yield* setState(making.export.id, state, endsAt);
  if (state === 'failed') yield* dropParts(making.export.id);
  yield* tellExport(tx, { user: making.user, export: { ...making.export, state, endsAt } });
  yield* planExport(tx, making, endsAt);
}

const fileOf = (step: string, number: number): string => `${step}-${`${number}`.padStart(6, '0')}.json`;

function* makeNext(tx: Transaction, making: Making, step: string): Step<void> {
  const { id, what } = making.export;
  const steps = stepsOf[what];
  const names = Object.keys(steps);
  const piece = yield* steps[step]?.(tx, making) ?? [];
  const parts = making.parts + (piece?.data === undefined ? 0 : 1);
  if (piece?.data !== undefined) yield* addPart(id, parts, fileOf(step, parts), piece.data);
  const after = piece?.after ?? null;
  const next = after === null ? (names[names.indexOf(step) + 1] ?? null) : step;
  yield* setProgress(id, next, after ?? '', parts);
  if (next === null) yield* end(tx, making, 'ready');
  else yield* planExport(tx, making, tx.now);
}

/** Makes the next piece of an export, so that nobody waits behind a large one; when its time is over, takes it away. */
export const doExport: JobHandler<JobData['export']> = {
  *run(tx, { subject }) {
    const making = yield* exportById(subject);
    if (!making) return;
    if (making.export.state === 'running' && making.step !== null) yield* makeNext(tx, making, making.step);
    else yield* takeAway(tx, making);
  },
  *gaveUp(tx, { subject }) {
    const making = yield* exportById(subject);
    if (making?.export.state === 'running') yield* end(tx, making, 'failed');
  },
};
