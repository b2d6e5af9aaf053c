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

export interface FailingCalls {
  /** Runs in which a call did fail. */
  faulty: number;
  /** Runs that could not open the database for it; a person starts those again. */
  failedOpenings: number;
  failedCalls: number;
  acknowledged: number;
  refused: number;
  /** Power cuts replayed on top of the failures. */
  cuts: number;
  /** Sentences on runs that acknowledged what is not there, stored what they refused, or did not go on. */
  readonly problems: string[];
}

/** Runs the writer `points` times and makes the Nth call on its files fail, or every Nth, for as many different N. */
export async function failCalls(points: number): Promise<FailingCalls> {
  const sum: FailingCalls = {
    faulty: 0,
    failedOpenings: 0,
    failedCalls: 0,
    acknowledged: 0,
    refused: 0,
    cuts: 0,
    problems: [],
  };
  const calls = await callsOfSoundRun();
  for (let point = 0; point < points; point++) {
    const fault = faults[point % faults.length] ?? { calls: 'fsync', error: 'EIO', again: false };
    const { total, opening } = calls[fault.calls];
    // Each fault goes over the whole run, from its first call to its last.
    const nth = 1 + Math.floor((point * total) / points);
    const injection = { ...fault, when: fault.again ? `${opening + 1 + (nth % 7)}+${2 + (nth % 11)}` : `${nth}` };
    await inTemporaryFolder(async (folder) => {
      const recording = await record(folder, { entries, checkpointPages, injection });
      const failed = readFileSync(recording.trace, 'latin1').split('(INJECTED)').length - 1;
      const { cuts, problems } = await examine(recording, folder, fault.again);
      sum.faulty += failed > 0 ? 1 : 0;
      sum.failedOpenings += recording.said.opened ? 0 : 1;
      sum.failedCalls += failed;
      sum.acknowledged += recording.said.acknowledged.length;
      sum.refused += recording.said.refused.length;
      sum.cuts += cuts;
      const where = `${fault.error} at call ${injection.when} of ${fault.calls}`;
      sum.problems.push(...problems.map((problem) => `${where}: ${problem}`));
    });
  }
  return sum;
}

/** What is wrong with a run, and the number of power cuts tried on it. */
async function examine(
  recording: Recording,
  folder: string,
  again: boolean,
): Promise<{ cuts: number; problems: string[] }> {
  const { said, dataFile } = recording;
  const { lost, stored, damage } = checkDatabase(dataFile, said.acknowledged);
  const resurrected = said.refused.filter((id) => stored.has(id));
  const { losses, points } = replay({
    events: await readTrace(recording),
    database: basename(dataFile),
    points: cutsPerRun,
    seed: 1,
    folder,
  });
  const answered = said.acknowledged.length + said.refused.length;
  const findings: readonly [boolean, string][] = [
    [said.opened && !said.finished, 'the writer ended and would have had to be started again'],
    [said.finished && answered !== entries, 'an entry got no answer'],
    [!again && said.refused.length > callers, 'one failed call refused more than was in flight'],
    [damage !== undefined, `the database is damaged: ${damage}`],
    [lost.length > 0, `acknowledged and not stored: ${lost.join(', ')}`],
    [resurrected.length > 0, `refused and stored all the same: ${resurrected.join(', ')}`],
    [losses.length > 0, `a power cut lost something ${describeLosses(losses)}`],
  ];
  return { cuts: points, problems: findings.filter(([wrong]) => wrong).map(([, sentence]) => sentence) };
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

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'confab-disk-faults-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
