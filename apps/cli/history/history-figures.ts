import { atMost, type Figure, told } from '../figures.ts';
import { checkHistory, type ViolationKind } from './check-history.ts';
import type { HistoryRecord } from './record.ts';

const rows: readonly [name: string, kinds: readonly ViolationKind[]][] = [
  ['lost', ['lost']],
  ['doubled', ['doubled']],
  ['out of order', ['reordered']],
  ['gaps', ['gap']],
  ['seen wrongly or not at all', ['different', 'unseen', 'uncalled']],
];

/** The verdict of the history checker as figures, with the first few violations in words. */
export function historyFigures(records: readonly HistoryRecord[]): Figure[] {
  const report = checkHistory(records);
  const count = (kinds: readonly ViolationKind[]) =>
    report.violations.filter(({ kind }) => kinds.includes(kind)).length;
  return [
    told('messages sent', report.sends),
    told('acknowledged', report.acknowledged),
    told('events seen by clients', report.seen),
    ...rows.map(([name, kinds]) => atMost(name, count(kinds), 0)),
    ...report.violations.slice(0, 5).map(({ kind, detail }) => told(kind, detail)),
  ];
}
