/** One measured figure of a run, with the bar that it is held against. */
export interface Figure {
  name: string;
  value: string;
  /** What it should be, in words; left out for what is only told. */
  target?: string;
  ok: boolean;
  /** Lines that say how a figure came about, printed below it. */
  because?: readonly string[];
}

/** At most `bound` of `unit`. */
export function atMost(name: string, value: number, bound: number, unit = ''): Figure {
  return { name, value: withUnit(value, unit), target: `≤ ${withUnit(bound, unit)}`, ok: value <= bound };
}

/** At least `bound` of `unit`. */
export function atLeast(name: string, value: number, bound: number, unit = ''): Figure {
  return { name, value: withUnit(value, unit), target: `≥ ${withUnit(bound, unit)}`, ok: value >= bound };
}

/** Only told, not judged. */
export function told(name: string, value: number | string, unit = ''): Figure {
  return { name, value: typeof value === 'number' ? withUnit(value, unit) : value, ok: true };
}

function withUnit(value: number, unit: string): string {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(3));
  return unit === '' ? rounded.toLocaleString('en') : `${rounded.toLocaleString('en')} ${unit}`;
}

/** A small table of text, one figure a line. */
export function figureTable(figures: readonly Figure[]): string {
  const width = (column: (figure: Figure) => string) => Math.max(0, ...figures.map((figure) => column(figure).length));
  const [names, values] = [width(({ name }) => name), width(({ value }) => value)];
  return figures
    .map(({ name, value, target, ok, because = [] }) => {
      const verdict = target === undefined ? '' : `  ${target}  ${ok ? 'ok' : 'SHORT'}`;
      return `  ${name.padEnd(names)}  ${value.padStart(values)}${verdict}\n${because.map((line) => `      ${line}\n`).join('')}`;
    })
    .join('');
}

/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);
