/** Remembers the newest ids, between `atLeast` and twice as many: two generations, of which the older is forgotten. */
export class RecentIds {
  private readonly atLeast: number;
  private newer = new Set<string>();
  private older = new Set<string>();

  constructor(atLeast: number) {
    this.atLeast = atLeast;
  }

  has(id: string): boolean {
    return this.newer.has(id) || this.older.has(id);
  }

  /** `false` when it was there already. */
  add(id: string): boolean {
    if (this.has(id)) return false;
    if (this.newer.size >= this.atLeast) {
      this.older = this.newer;
      this.newer = new Set();
    }
    this.newer.add(id);
    return true;
  }
}
