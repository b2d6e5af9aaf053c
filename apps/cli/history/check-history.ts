import type { Ack, FinalEvent, HistoryRecord, Joined, Seen, Send } from './record.ts';

export type ViolationKind =
  /** Acknowledged, but not in the final log, or at another seq than was said. */
  | 'lost'
  /** One send twice in the final log, or an event twice at a client. */
  | 'doubled'
  /** The final log has a gap, or a client saw an event without the one before it. */
  | 'gap'
  /** b was sent after a was acknowledged, yet stands before it. */
  | 'reordered'
  /** A client saw something else than the final log has at that seq. */
  | 'different'
  /** A client did not see what was acknowledged to it, or what it had time to see. */
  | 'unseen'
  /** In the final log though it was refused, or though nobody sent it. */
  | 'uncalled';

export interface Violation {
  kind: ViolationKind;
  log: string;
  detail: string;
}

export interface HistoryReport {
  violations: Violation[];
  logs: number;
  sends: number;
  acknowledged: number;
  stored: number;
  seen: number;
}

/**
 * Checks a recorded run: each acknowledged send is exactly once in the final log and where it was said to be; seq is
 * contiguous; what each client saw equals the log between its join and its last event or acknowledgement; whatever
 * was acknowledged before another was sent stands before it; sends without an answer stand at most once.
 */
export function checkHistory(records: readonly HistoryRecord[]): HistoryReport {
  const histories = byLog(records);
  const violations: Violation[] = [];
  const total = { logs: histories.size, sends: 0, acknowledged: 0, stored: 0, seen: 0 };
  for (const history of histories.values()) {
    for (const check of checks) violations.push(...check(history));
    total.sends += history.sends.size;
    total.acknowledged += history.acks.size;
    total.stored += history.final.length;
    for (const events of history.seen.values()) total.seen += events.length;
  }
  return { violations, ...total };
}

/** Everything about one log; sends and acks by client id, which the recording clients keep unique in a run. */
interface LogHistory {
  log: string;
  sends: Map<string, Send>;
  acks: Map<string, Ack[]>;
  refused: Set<string>;
  joined: Map<string, Joined>;
  seen: Map<string, Seen[]>;
  /** What each client had to see by the end, besides its own acknowledgements. */
  settled: Map<string, number>;
  final: FinalEvent[];
  head: number | undefined;
  records: HistoryRecord[];
}

type Check = (history: LogHistory) => Iterable<Violation>;
const checks: readonly Check[] = [
  contiguous,
  acknowledgedOnce,
  unansweredAtMostOnce,
  ordered,
  seenEqualsLog,
  seenToTheEnd,
];

function* contiguous({ log, final, head }: LogHistory): Iterable<Violation> {
  let expected = 1;
  for (const { seq } of final) {
    if (seq < expected) yield { kind: 'doubled', log, detail: `seq ${seq} is in the final log twice` };
    else if (seq > expected) yield { kind: 'gap', log, detail: `${expected}–${seq - 1} are not in the final log` };
    expected = Math.max(expected, seq + 1);
  }
  if (head !== undefined && head !== expected - 1) {
    yield { kind: 'gap', log, detail: `the head is ${head}, the last event ${expected - 1}` };
  }
}

function* acknowledgedOnce({ log, acks, final }: LogHistory): Iterable<Violation> {
  const places = placesByClientId(final);
  for (const [clientId, answers] of acks) {
    const stored = places.get(clientId) ?? [];
    if (stored.length === 0) yield { kind: 'lost', log, detail: `${clientId} was acknowledged and is not there` };
    for (const { seq } of answers) {
      if (stored.length > 0 && !stored.includes(seq)) {
        yield {
          kind: 'lost',
          log,
          detail: `${clientId} was acknowledged at ${seq} and stands at ${stored.join(', ')}`,
        };
      }
    }
  }
}

function* unansweredAtMostOnce({ log, sends, refused, acks, final }: LogHistory): Iterable<Violation> {
  for (const [clientId, seqs] of placesByClientId(final)) {
    if (seqs.length > 1) yield { kind: 'doubled', log, detail: `${clientId} stands at ${seqs.join(', ')}` };
    if (!sends.has(clientId)) yield { kind: 'uncalled', log, detail: `nobody sent ${clientId}` };
    if (refused.has(clientId) && !acks.has(clientId)) {
      yield { kind: 'uncalled', log, detail: `${clientId} was refused and is there` };
    }
  }
}

/** Walks the run in time with the highest seq acknowledged so far: a later send may not stand below it. */
function* ordered({ log, records, final }: LogHistory): Iterable<Violation> {
  const places = placesByClientId(final);
  const sent = new Set<string>();
  let acknowledged = 0;
  for (const record of records) {
    if (record.kind === 'ack') acknowledged = Math.max(acknowledged, record.seq);
    if (record.kind !== 'send' || sent.has(record.clientId)) continue;
    sent.add(record.clientId);
    const seq = places.get(record.clientId)?.[0];
    if (seq !== undefined && seq <= acknowledged) {
      const detail = `${record.clientId} stands at ${seq}; ${acknowledged} was acknowledged before it was sent`;
      yield { kind: 'reordered', log, detail };
    }
  }
}

function* seenEqualsLog({ log, joined, seen, final }: LogHistory): Iterable<Violation> {
  const stored = new Map(final.map((event) => [event.seq, event]));
  for (const [client, events] of seen) {
    const join = joined.get(client);
    if (!join) yield { kind: 'uncalled', log, detail: `${client} saw events and never joined` };
    let last = join?.seq ?? 0;
    for (const { seq, epoch, text } of events) {
      if (seq <= last) yield { kind: 'doubled', log, detail: `${client} saw ${seq} after ${last}` };
      else if (seq > last + 1) yield { kind: 'gap', log, detail: `${client} saw ${seq} after ${last}` };
      const original = stored.get(seq);
      if (original?.epoch !== epoch || (!original.wiped && original.text !== text)) {
        yield { kind: 'different', log, detail: `${client} saw something else at ${seq} than the log has` };
      }
      last = Math.max(last, seq);
    }
  }
}

/** A client that listens owes an event for all that was acknowledged to it and for all that it was given time for. */
function* seenToTheEnd({ log, joined, seen, acks, settled }: LogHistory): Iterable<Violation> {
  for (const [client, join] of joined) {
    const last = (seen.get(client) ?? []).reduce((highest, { seq }) => Math.max(highest, seq), join.seq);
    const own = [...acks.values()].flat().filter((ack) => ack.client === client);
    const owed = own.reduce((highest, { seq }) => Math.max(highest, seq), settled.get(client) ?? 0);
    if (owed > last) yield { kind: 'unseen', log, detail: `${client} saw up to ${last} and should have up to ${owed}` };
  }
}

function placesByClientId(final: readonly FinalEvent[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const { clientId, seq } of final) {
    if (clientId !== undefined) places.set(clientId, [...(places.get(clientId) ?? []), seq]);
  }
  return places;
}

function byLog(records: readonly HistoryRecord[]): Map<string, LogHistory> {
  const histories = new Map<string, LogHistory>();
  for (const record of records) {
    const history = histories.get(record.log) ?? emptyHistory(record.log);
    histories.set(record.log, history);
    addTo(history, record);
  }
  for (const history of histories.values()) history.final.sort((a, b) => a.seq - b.seq);
  return histories;
}

function emptyHistory(log: string): LogHistory {
  return {
    log,
    sends: new Map(),
    acks: new Map(),
    refused: new Set(),
    joined: new Map(),
    seen: new Map(),
    settled: new Map(),
    final: [],
    head: undefined,
    records: [],
  };
}

function addTo(history: LogHistory, record: HistoryRecord): void {
  if (record.kind === 'final') history.final.push(record);
  else if (record.kind === 'head') history.head = record.seq;
  else history.records.push(record);
  if (record.kind === 'send') history.sends.set(record.clientId, record);
  if (record.kind === 'refused') history.refused.add(record.clientId);
  if (record.kind === 'joined') history.joined.set(record.client, record);
  if (record.kind === 'settled') history.settled.set(record.client, record.seq);
  if (record.kind === 'ack') append(history.acks, record.clientId, record);
  if (record.kind === 'seen') append(history.seen, record.client, record);
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
