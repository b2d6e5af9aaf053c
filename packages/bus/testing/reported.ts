import type { Report } from '@confab/engine';

/** What was said in the log, one line each, with its details. */
export function reporting(): { report: Report; lines: string[] } {
  const lines: string[] = [];
  const report: Report = (level, what, details) => lines.push(`${level}: ${what} ${JSON.stringify(details ?? {})}`);
  return { report, lines };
}
