import { join } from 'node:path';
import type { Chat } from '@confab/chat';
import type { Clock, Report, Timers } from '@confab/engine';
import { type Blobs, DiskBlobs } from '@confab/storage/blobs';
import { LocalFiles, S3Blobs, S3Bucket } from '@confab/storage/blobs/s3';
import type { ServerConfig } from '../config.ts';
import { MediaProcess } from '../media/media-process.ts';
import { ClamdScanner } from './clamd-scanner.ts';
import { DiskUploads } from './disk-uploads.ts';
import { FileKeeper } from './file-keeper.ts';
import { S3Uploads } from './s3-uploads.ts';
import type { Scanner } from './scanner.ts';
import type { AnnouncedOf, Uploads } from './uploads.ts';

interface OpenFilesParts {
  /** The data folder's absolute path. */
  readonly data: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly report: Report;
  readonly announcedOf: AnnouncedOf;
  readonly claim: Chat['files']['claim'];
}

/** Where a node has the bytes of files. */
export interface OpenFiles {
  readonly keeper: FileKeeper;
  readonly blobs: Blobs;
  readonly uploads: Uploads;
  close(): Promise<void>;
}

const megabyte = 1024 * 1024;
const bytesOf = (megabytes: number | null): number | null => megabytes && megabytes * megabyte;

/** Nothing is made, and nothing started, before the first file comes; a bucket is looked for at once. */
export function openFiles(config: ServerConfig, parts: OpenFilesParts): OpenFiles {
  const { data, clock, timers, report, claim } = parts;
  const folder = join(data, 'files');
  const { blobs, uploads, close } = openPlace(config, folder, parts);
  const media = new MediaProcess({ folder: join(folder, 'media'), clock, timers, report });
  const limits = {
    fileBytes: config.fileMegabytes * megabyte,
    personBytes: bytesOf(config.filesPerPerson),
    spaceBytes: bytesOf(config.filesPerSpace),
    reserveBytes: config.fileReserve * megabyte,
    refusedTypes: config.filesRefused,
  };
  const scanner: Scanner | null = config.clamd && new ClamdScanner({ address: config.clamd, timers, report });
  const keeper = new FileKeeper({
    ...{ blobs, uploads, media, scanner, limits, report, claim },
    now: () => clock.now(),
  });
  return { keeper, blobs, uploads, close: () => media.close().finally(close) };
}

type OpenPlace = Pick<OpenFiles, 'blobs' | 'uploads' | 'close'>;

function openPlace({ s3 }: ServerConfig, folder: string, { report, announcedOf }: OpenFilesParts): OpenPlace {
  if (!s3) {
    return { blobs: new DiskBlobs(folder), uploads: new DiskUploads(folder, announcedOf), close: async () => {} };
  }
  const onFailure = (reason: string) => report('warn', 'the S3 store did not do what it was asked', { reason });
  const bucket = new S3Bucket({ place: s3, onFailure });
  const localFiles = new LocalFiles(join(folder, 'local'));
  // What is wrong with it is in the log before somebody sends a file.
  void bucket.check();
  return {
    blobs: new S3Blobs({ bucket, localFiles }),
    uploads: new S3Uploads({ bucket, localFiles, announcedOf }),
    close: () => bucket.close(),
  };
}
