/** Whether arrays and objects stand within one another more than `depth` deep. Takes no stack of its own. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let deep = 0; level.length > 0; deep += 1) {
    const inner: unknown[] = [];
    for (const each of level) {
      if (typeof each !== 'object' || each === null) continue;
      if (deep >= depth) return true;
      for (const child of Object.values(each)) if (typeof child === 'object') inner.push(child);
    }
    level = inner;
  }
  return false;
}
