import { limits, type Params, type SignalKind } from '@confab/protocol';

/** What is passed on from one peer to another, by the client's words and by ours. */
const kinds: Readonly<Record<string, SignalKind>> = {
  OFFER: 'offer',
  ANSWER: 'answer',
  CANDIDATE: 'candidate',
  LEAVE: 'leave',
};
const types = new Map(Object.entries(kinds).map(([type, kind]) => [kind, type]));

export type OutgoingSignal = Pick<Params<'peer.reach'>, 'peer' | 'kind' | 'payload'>;

/** What a client said: something to pass on, a sign of life, its farewell, or nothing that anybody knows. */
export type Said =
  | { readonly what: 'signal'; readonly signal: OutgoingSignal }
  | { readonly what: 'heartbeat' | 'farewell' | 'malformed' | 'too-large' };

/** Reads a client's message. Types that nobody knows are no more than a sign of life, as on the reference server. */
export function saidIn(text: string): Said {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { what: 'malformed' };
  }
  if (typeof message !== 'object' || message === null) return { what: 'malformed' };
  const { type, dst, payload } = message as { type?: unknown; dst?: unknown; payload?: unknown };
  if (typeof type !== 'string') return { what: 'malformed' };
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (kind === undefined) return { what: 'heartbeat' };
  if (typeof dst !== 'string' || dst === '') return { what: kind === 'leave' ? 'farewell' : 'heartbeat' };
  const written = payload === undefined ? '' : JSON.stringify(payload);
  if (written.length > limits.signalChars || dst.length > limits.peerIdChars) return { what: 'too-large' };
  return { what: 'signal', signal: { peer: dst, kind, payload: written } };
}

/**
 * What was said to a peer as its client gets it; `undefined` for what this protocol has no word for. Other clients
 * choose the payload as they like: only JSON is passed on.
 */
export function signalMessage(signal: OutgoingSignal & { readonly from: string }): string | undefined {
  const type = types.get(signal.kind);
  if (type === undefined) return undefined;
  try {
    const payload = signal.payload === '' ? undefined : (JSON.parse(signal.payload) as unknown);
    return JSON.stringify({ type, src: signal.from, dst: signal.peer, payload });
  } catch {
    return undefined;
  }
}

export const openMessage = JSON.stringify({ type: 'OPEN' });

/** Nobody has the id that something was sent to, as its sender hears it. */
export function expireMessage(own: string, absent: string): string {
  return JSON.stringify({ type: 'EXPIRE', src: absent, dst: own });
}

export function refusalMessage(type: 'ERROR' | 'ID-TAKEN' | 'INVALID-KEY', msg: string): string {
  return JSON.stringify({ type, payload: { msg } });
}
