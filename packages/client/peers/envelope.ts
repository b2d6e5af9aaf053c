/**
 * What two peers say to each other, the same over a channel of their own and through the server ([P4]): a reliable
 * message with its number, an unreliable one without, or how many reliable ones have arrived.
 */
export type Envelope = { readonly n: number; readonly d: unknown } | { readonly d: unknown } | { readonly a: number };

/** What every signal carries besides: which life of its sender's link it is from, and which of the other's it is for. */
export interface LinkStamp {
  /** Counts up with each new link of the sender; begins at 1. */
  readonly g: number;
  /** The recipient's, as far as the sender knows it; 0 when it does not. */
  readonly r: number;
}

export type SignalPayload = LinkStamp & {
  /** Whether the sender can open channels of its own. */
  readonly rtc: boolean;
  /** A session description or a candidate. */
  readonly v?: object;
  readonly e?: readonly Envelope[];
};

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Reads what another client wrote; `undefined` for anything else than the above. */
export function payloadIn(text: string): SignalPayload | undefined {
  const value = parsed(text);
  if (value === undefined) return undefined;
  const { g, r, rtc, v, e } = value as Partial<SignalPayload>;
  if (!isCount(g) || g === 0 || !isCount(r)) return undefined;
  const envelopes = Array.isArray(e) ? e.flatMap((each) => soundEnvelope(each) ?? []) : undefined;
  return {
    g,
    r,
    rtc: rtc === true,
    ...(typeof v === 'object' && v !== null ? { v } : {}),
    ...(envelopes ? { e: envelopes } : {}),
  };
}

/** Reads what came over a channel. */
export function envelopeIn(text: unknown): Envelope | undefined {
  return typeof text === 'string' ? soundEnvelope(parsed(text)) : undefined;
}

function soundEnvelope(value: unknown): Envelope | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { n, d, a } = value as { n?: unknown; d?: unknown; a?: unknown };
  if (isCount(a)) return { a };
  if (!('d' in value)) return undefined;
  if (n === undefined) return { d };
  return isCount(n) && n > 0 ? { n, d } : undefined;
}

function parsed(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
