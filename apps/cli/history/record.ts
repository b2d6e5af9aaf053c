/**
 * What a run leaves behind: one JSON object a line. Times are monotonic milliseconds of the one process that recorded
 * the run, so that "acknowledged before sent" means something across its clients.
 */
export type HistoryRecord = Send | Ack | Refused | Joined | Seen | Settled | FinalEvent | FinalHead;

/** A client handed a send to the connection. The same `clientId` again is a retry. */
export interface Send {
  kind: 'send';
  at: number;
  client: string;
  log: string;
  clientId: string;
}

/** The server said that the send is stored at this seq. */
export interface Ack {
  kind: 'ack';
  at: number;
  client: string;
  log: string;
  clientId: string;
  seq: number;
}

/** The server said that the send changed nothing. */
export interface Refused {
  kind: 'refused';
  at: number;
  client: string;
  log: string;
  clientId: string;
}

/** From here on the client listens: everything after `seq` is owed to it. */
export interface Joined {
  kind: 'joined';
  at: number;
  client: string;
  log: string;
  epoch: number;
  seq: number;
}

/** The client applied an event. `text` is the whole frame, to be compared byte for byte. */
export interface Seen {
  kind: 'seen';
  at: number;
  client: string;
  log: string;
  epoch: number;
  seq: number;
  text: string;
}

/** The run waited for the client to see everything up to `seq`: it owes no less. */
export interface Settled {
  kind: 'settled';
  at: number;
  client: string;
  log: string;
  seq: number;
}

/** One event of a log as it stood at the end. `clientId` is set for posts. */
export interface FinalEvent {
  kind: 'final';
  log: string;
  epoch: number;
  seq: number;
  by: string | null;
  clientId?: string;
  /** The text of the message was wiped by a later delete: what was seen before may differ from it. */
  wiped?: boolean;
  text: string;
}

/** The head of a log at the end, asked for apart from its events. */
export interface FinalHead {
  kind: 'head';
  log: string;
  epoch: number;
  seq: number;
}

export function encodeHistory(records: Iterable<HistoryRecord>): string {
  let text = '';
  for (const record of records) text += `${JSON.stringify(record)}\n`;
  return text;
}

/** Throws a `SyntaxError` that names the line when it is not a record. */
export function decodeHistory(text: string): HistoryRecord[] {
  return text.split('\n').flatMap((line, index) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as HistoryRecord];
    } catch {
      throw new SyntaxError(`Line ${index + 1} of the history is not a record.`);
    }
  });
}
