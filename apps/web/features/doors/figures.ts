/** Median of `values`; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function millis(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms).toLocaleString()} ms`;
}

export function kilobytes(chars: number): string {
  return chars < 1_000 ? `${chars} B` : `${(chars / 1_000).toFixed(1)} kB`;
}
