import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checkDatabase } from '../power-cut/check-files.ts';
import { readTrace } from '../power-cut/read-trace.ts';
import { type Injection, type Recording, record } from '../power-cut/record.ts';
import { describeLosses, replay } from '../power-cut/replay.ts';

/** Enough for several commits and for copying the write-ahead log back several times. */
const entries = 60;
const checkpointPages = 10;
/** What the writer has in flight unless it is told otherwise. */
const callers = 8;
/** Power cuts tried on each recording: what a failed sync leaves behind shows only there. */
const cutsPerRun = 20;

type Calls = Injection['calls'];

interface Fault {
  readonly calls: Calls;
  readonly error: Injection['error'];
  /** From the opening on, every few calls, instead of once somewhere in the run. */
  readonly again: boolean;
}

/** What is made to fail, in turn. */
const faults: readonly Fault[] = [
  { calls: 'pwrite64,fsync,ftruncate', error: 'EIO', again: false },
  { calls: 'pwrite64', error: 'ENOSPC', again: false },
  { calls: 'fsync', error: 'EIO', again: false },
  { calls: 'pwrite64,fsync,ftruncate', error: 'EIO', again: true },
];

export interface FailingCallsFigures {
  /** Runs of the writer, each with another call that fails. */
  readonly points: number;
  /** Runs in which a call did fail: the last calls of a run are not always reached. */
  readonly faultyRuns: number;
  /** Runs that could not open the database for it; a person starts those again. */
  readonly failedOpenings: number;
  readonly failedCalls: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** Power cuts replayed on top of the failures. */
  readonly cuts: number;
}

/**
 * Runs the writer `points` times and makes the Nth call on its files fail, or every Nth, for as many different N.
 * @throws an `Error` when a run acknowledged what is not there, stored what it refused, or did not go on.
 */
export async function failCalls(points: number): Promise<FailingCallsFigures> {
  const figures = { points, faultyRuns: 0, failedOpenings: 0, failedCalls: 0, acknowledged: 0, refused: 0, cuts: 0 };
  const calls = await callsOfSoundRun();
  for (let point = 0; point < points; point++) {
    const fault = faults[point % faults.length] ?? { calls: 'fsync', error: 'EIO', again: false };
    const { total, opening } = calls[fault.calls];
    // Each fault goes over the whole run, from its first call to its last.
    const nth = 1 + Math.floor((point * total) / points);
    const injection = { ...fault, when: fault.again ? `${opening + 1 + (nth % 7)}+${2 + (nth % 11)}` : `${nth}` };
    await inTemporaryFolder(async (folder) => {
      const recording = await record(folder, { entries, checkpointPages, injection });
      const failed = failedCallsOf(recording);
      figures.failedCalls += failed;
      figures.faultyRuns += failed > 0 ? 1 : 0;
      figures.cuts += await examine(recording, folder, `${fault.error} at call ${injection.when} of ${fault.calls}`);
      if (!fault.again && recording.said.refused.length > callers) {
        throw new Error(`one failed call (${injection.when} of ${fault.calls}) refused more than was in flight`);
      }
      figures.failedOpenings += recording.said.opened ? 0 : 1;
      figures.acknowledged += recording.said.acknowledged.length;
      figures.refused += recording.said.refused.length;
    });
  }
  return figures;
}

/** Throws what is wrong with a run; the number of power cuts tried on it. */
async function examine(recording: Recording, folder: string, what: string): Promise<number> {
  const { said, dataFile } = recording;
  const complain = (sentence: string): never => {
    throw new Error(`${what}: ${sentence}`);
  };
  if (said.opened && !said.finished) complain('the writer ended and would have had to be started again');
  if (said.opened && said.acknowledged.length + said.refused.length !== entries) complain('an entry got no answer');
  const { lost, stored, damage } = checkDatabase(dataFile, said.acknowledged);
  if (damage !== undefined) complain(`the database is damaged: ${damage}`);
  if (lost.length > 0) complain(`acknowledged and not stored: ${lost.join(', ')}`);
  const resurrected = said.refused.filter((id) => stored.has(id));
  if (resurrected.length > 0) complain(`refused and stored all the same: ${resurrected.join(', ')}`);
  const replayed = replay({
    events: await readTrace(recording),
    database: basename(dataFile),
    points: cutsPerRun,
    seed: 1,
    folder,
  });
  if (replayed.losses.length > 0) complain(`a power cut lost something:\n${describeLosses(replayed.losses)}`);
  return replayed.points;
}

interface CallCount {
  readonly total: number;
  /** Those before the database was open. */
  readonly opening: number;
}

/** How many calls there are to fail, from a run in which none does. */
async function callsOfSoundRun(): Promise<Record<Calls, CallCount>> {
  return inTemporaryFolder(async (folder) => {
    const recording = await record(folder, { entries, checkpointPages });
    if (!recording.said.finished) throw new Error('the writer did not come to its end without faults either');
    const trace = readFileSync(recording.trace, 'latin1');
    // The first thing that it says is that the database is open.
    const opening = trace.slice(0, trace.indexOf(' write(1<'));
    const count = (names: Calls): CallCount => {
      const countIn = (text: string) =>
        names.split(',').reduce((sum, name) => sum + text.split(` ${name}(`).length - 1, 0);
      return { total: countIn(trace), opening: countIn(opening) };
    };
    return {
      pwrite64: count('pwrite64'),
      fsync: count('fsync'),
      ftruncate: count('ftruncate'),
      'pwrite64,fsync,ftruncate': count('pwrite64,fsync,ftruncate'),
    };
  });
}

function failedCallsOf(recording: Recording): number {
  return readFileSync(recording.trace, 'latin1').split('(INJECTED)').length - 1;
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-disk-faults-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
