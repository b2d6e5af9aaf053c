/**
 * Throws unless the value can cross to another thread. It is asked before a script's work is kept, because finding
 * out after the commit would be too late to undo it. Rows, arrays and plain objects are walked, which is several times
 * faster than cloning them; anything rarer is cloned to see.
 */
export function requireCloneable(value: unknown): void {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`a script's result may not hold a ${typeof value}`);
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) requireCloneable(item);
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    structuredClone(value);
    return;
  }
  for (const key in value) requireCloneable((value as Record<string, unknown>)[key]);
}
