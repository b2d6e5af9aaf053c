import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Figure } from '../figures.ts';

/** One measurement: its heading and its figures, ratios first. */
export interface Section {
  title: string;
  figures: readonly Figure[];
  /** The share of the processor that other machines of the host took meanwhile, in percent. */
  taken: number;
}

/** What the figures were measured on, without anything that names the machine. */
export function machineLine(): string {
  const model = cpus()[0]?.model.replace(/\s+/g, ' ').trim() || 'an unnamed processor';
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  const kernel = /^\S+ \S+ (\d+\.\d+)/.exec(readFileSync('/proc/version', 'utf8'))?.[1] ?? 'unknown';
  return `${availableParallelism()} cores of ${model}, ${gigabytes} GiB of memory, Linux ${kernel}, Node ${process.versions.node}`;
}

/** Said of a measurement on a machine that is not alone on its host. */
export const takenLine = (taken: number): string => `Other machines of the host took ${taken} % of the processor.`;

const begin = `# Measured

Written by \`npm run bench\`; do not edit. The load generator ran on the same machine. Figures are medians of several runs.
Compare the ratios, which were taken within one run: absolute figures are this machine's.
`;

/** The text of docs/bench.md with a section measured anew; those that `titles` does not name are left out. */
export function benchPage(
  page: string,
  { title, figures, taken }: Section,
  titles: readonly string[],
  nowMs: number,
): string {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const texts = new Map(page.split(/^## /m).map((text) => [text.split('\n', 1)[0] ?? '', text.trimEnd()]));
  const others = taken > 0 ? ` ${takenLine(taken)}` : '';
  texts.set(title, `${title}\nMeasured on ${day}, on ${machineLine()}.${others}\n\n${table(figures)}`.trimEnd());
  const sections = titles.flatMap((each) => texts.get(each) ?? []);
  return [begin, ...sections.map((text) => `## ${text}\n`)].join('\n');
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, target, ok }) => {
    const verdict = target === undefined ? '' : `${target}${ok ? '' : ' (short)'}`;
    return `| ${name} | ${value} | ${verdict} |\n`;
  });
  return `| | measured | bar |\n| --- | ---: | --- |\n${rows.join('')}`;
}
