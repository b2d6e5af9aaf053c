/** Bytes that look random and are the same for the same seed (xorshift32). */
export function randomFrom(seed: number): (count: number) => Uint8Array {
  let state = seed * 2_654_435_761 + 1;
  return (count) => {
    const bytes = new Uint8Array(count);
    for (let index = 0; index < count; index += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      bytes[index] = state & 0xff;
    }
    return bytes;
  };
}
