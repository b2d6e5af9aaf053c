/** Many at once, and not so many that they are too many arguments. */
const bytesAtOnce = 8_192;

/** What is in it, as base64. */
export async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += bytesAtOnce) {
    binary += String.fromCharCode(...bytes.subarray(at, at + bytesAtOnce));
  }
  return btoa(binary);
}
