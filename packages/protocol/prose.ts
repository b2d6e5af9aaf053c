/** Where a fenced block of code begins; whatever stands behind three backticks holds none. */
const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

/** A message's text without its code, in which nothing means more than it says. */
export const proseOf = (text: string): string => withoutSpans(withoutBlocks(text));

function withoutBlocks(text: string): string {
  const kept: string[] = [];
  let open: string | null = null;
  for (const line of text.split('\n')) {
    const mark = fence.exec(line)?.[1];
    if (open === null && mark === undefined) kept.push(line);
    else if (open === null) open = mark ?? null;
    else if (mark?.startsWith(open) && line.trim() === mark) open = null;
  }
  return kept.join('\n');
}

/** A span ends at the next run of as many backticks as it begins with. */
function withoutSpans(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: run }) => ({ from: index, length: run.length }));
  const lastOf = new Map(runs.map(({ from, length }) => [length, from]));
  let kept = '';
  let at = 0;
  for (const [place, { from, length }] of runs.entries()) {
    if (from < at || (lastOf.get(length) ?? 0) <= from) continue;
    const end = runs.find((run, index) => index > place && run.length === length)?.from ?? from;
    kept += `${text.slice(at, from)} `;
    at = end + length;
  }
  return kept + text.slice(at);
}
