import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { ImportRefused } from '../refused.ts';
import { ZippedExport } from '../zip-file.ts';

/** Of one line, which is one post with all its replies. */
const lineBytes = 64 * 1024 * 1024;
const newline = 0x0a;

/** The lines of a stream, of which no more than one is held. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      pieces.push(chunk.subarray(from, end));
      yield Buffer.concat(pieces).toString('utf8');
      pieces = [];
      size = 0;
      from = end + 1;
    }
    pieces.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > lineBytes)
      throw new ImportRefused('The export has a line of more than 64 MiB. It is not one of Mattermost.');
  }
  if (size > 0) yield Buffer.concat(pieces).toString('utf8');
}

/** The lines of an export, zipped or not. @throws `ImportRefused` */
export async function* exportLines(file: string): AsyncGenerator<string> {
  if (!file.toLowerCase().endsWith('.zip')) {
    try {
      yield* linesOf(createReadStream(file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ImportRefused(`There is no file ${file}.`);
      throw error;
    }
    return;
  }
  const zip = await ZippedExport.open(file);
  try {
    const name = zip.names.find((each) => /^[^/]+\.jsonl$/.test(each));
    if (name === undefined)
      throw new ImportRefused('This is no export of Mattermost: the zip has no .jsonl file in it.');
    yield* linesOf(await zip.stream(name));
  } finally {
    zip.close();
  }
}
