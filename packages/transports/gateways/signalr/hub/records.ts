import { NotInForm } from './message.ts';

/** Ends each message of the JSON encoding and both messages of the handshake: the ASCII record separator. */
export const recordSeparator = 0x1e;

/** The records of one transport message. @throws `NotInForm` when one is too large or the last is not ended. */
export function splitRecords(bytes: Uint8Array, maxBytes: number): Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(recordSeparator, start);
    if ((end < 0 ? bytes.length : end) - start > maxBytes)
      throw new NotInForm('The message is too large.', { tooLarge: true });
    if (end < 0) throw new NotInForm('The message is incomplete.');
    records.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return records;
}
