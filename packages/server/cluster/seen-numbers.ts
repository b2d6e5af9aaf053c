/**
 * Which numbers of one sender came already. It counts up, and its requests overtake each other a little: what is
 * further behind the highest than the window counts as seen. One bit a number, whatever comes.
 */
export class SeenNumbers {
  private readonly bits: Uint8Array;
  private readonly window: number;
  private highest = 0;

  /** @param window a multiple of eight. */
  constructor(window: number) {
    this.window = window;
    this.bits = new Uint8Array(window / 8);
  }

  /** Whether the number is new; from then on it is not. Numbers begin at one. */
  take(number: number): boolean {
    if (!Number.isSafeInteger(number) || number < 1 || number <= this.highest - this.window) return false;
    if (number > this.highest) this.slide(number);
    else if (this.has(number)) return false;
    this.set(number, true);
    return true;
  }

  private slide(to: number): void {
    if (to - this.highest >= this.window) this.bits.fill(0);
    else for (let each = this.highest + 1; each <= to; each += 1) this.set(each, false);
    this.highest = to;
  }

  private has(number: number): boolean {
    const place = number % this.window;
    return ((this.bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  private set(number: number, seen: boolean): void {
    const place = number % this.window;
    const byte = this.bits[place >> 3] ?? 0;
    this.bits[place >> 3] = seen ? byte | (1 << (place & 7)) : byte & ~(1 << (place & 7));
  }
}
