/**
 * Gives back the memory of bytes that nobody reads any more, now: left to the collector, each 10 MB of an upload would
 * have it go through everything that this process keeps, and messages would wait for it.
 */
export function giveBack(bytes: Buffer): void {
  const { buffer, byteLength } = bytes;
  // Of a larger one others may have parts.
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0);
}
