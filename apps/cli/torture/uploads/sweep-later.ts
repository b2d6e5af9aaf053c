import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createChat, type FoundJob, sweepSlices } from '@confab/chat';
import { systemPorts } from '@confab/engine';
import { configWith, openDatabase, openFiles } from '@confab/server';

/** Later than anything is left alone for. */
const laterMs = 25 * 3_600_000;
const roundMs = 3_600_000;

export interface Swept {
  /** Pieces of content on disk. */
  readonly blobs: number;
  /** Bytes on their way that were left behind. */
  readonly uploads: number;
  /** Of content that was being put there. */
  readonly beside: number;
}

/** What a server does by itself within a day and a round of its sweep, on the data of one that has ended; and what is left then. */
export async function sweepLater(data: string): Promise<Swept> {
  const report = () => undefined;
  const config = configWith({ data });
  const database = await openDatabase(config, data, report);
  let now = Date.now() + laterMs;
  const clock = { now: () => now, monotonic: () => now };
  const { timers } = systemPorts();
  const files = openFiles(config, {
    ...{ data, clock, timers, report },
    announcedOf: (id) => chat.files.announced(id),
    claim: (holder, hashes) => chat.files.claim(holder, hashes),
  });
  const chat = createChat({
    ...{ database, clock, report, files: files.keeper },
    publish: () => undefined,
    presence: { statesOf: () => [], online: () => [] },
    random: { bytes: (count) => randomBytes(count) },
    instance: { name: 'Later', version: '0', signUp: 'invite', fileBytes: 0 },
  });
  const work: Record<string, (job: FoundJob) => Promise<unknown>> = {
    'file-sweep': ({ data: json }) => files.keeper.sweep(JSON.parse(json).slice, sweepSlices, chat),
    'blob-drop': ({ subject }) => files.keeper.drop(subject, chat),
    'file-preview': ({ subject }) => files.keeper.lookInto(subject, chat),
  };
  try {
    // Twice around: what the first round deletes rows of, the second finds the bytes of.
    for (let round = 0; round < sweepSlices * 2; round += 1) {
      for (let done = true; done; ) {
        done = false;
        for (const job of (await chat.jobs.due(Object.keys(work))).due) {
          const held = await chat.jobs.lease(job);
          if (held && (await chat.jobs.finish(held, await work[held.kind]?.(held)))) done = true;
        }
      }
      now += roundMs;
    }
    return {
      blobs: await filesIn(join(data, 'files', 'blobs')),
      uploads: await filesIn(join(data, 'files', 'uploads')),
      beside: await filesIn(join(data, 'files', 'beside')),
    };
  } finally {
    await files.close();
    await database.close();
  }
}

async function filesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((each) => each.isFile()).length;
}
