/** Packets by the byte, as they must not be. */

export const bytes = (...parts: (number | string | Uint8Array)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part as Uint8Array))),
  );

/** A text or binary with its length before it. */
export const sized = (value: string | Uint8Array): Buffer => {
  const body = Buffer.from(value as Uint8Array);
  return bytes(body.length >> 8, body.length & 0xff, body);
};

/** A variable byte integer. */
export const variable = (value: number): Buffer => {
  const out: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
    if (rest < 0x80) return bytes(...out, rest);
    out.push((rest % 0x80) | 0x80);
  }
};

/** A packet with its length. `first` is type and flags. */
export const packet = (first: number, ...parts: Parameters<typeof bytes>): Buffer => {
  const body = bytes(...parts);
  return bytes(first, variable(body.length), body);
};

export interface ConnectParts {
  readonly name?: string;
  readonly level?: number;
  readonly flags?: number;
  readonly properties?: Uint8Array;
  readonly clientId?: string | Uint8Array;
  /** What follows the client id. */
  readonly rest?: Uint8Array;
}

/** A CONNECT, correct (but for who is asking) unless told otherwise. */
export const connectPacket = (version: 4 | 5, parts: ConnectParts = {}): Buffer => {
  const { name = 'MQTT', level = version, flags = 2, properties = bytes(), clientId = 'c', rest = bytes() } = parts;
  const block = version === 5 ? bytes(variable(properties.length), properties) : bytes();
  return packet(0x10, sized(name), level, flags, 0, 60, block, sized(clientId), rest);
};

/** Properties of MQTT 5 with their length before them; nothing in 3.1.1. */
export const block = (version: 4 | 5, ...parts: Parameters<typeof bytes>): Buffer => {
  const body = bytes(...parts);
  return version === 5 ? bytes(variable(body.length), body) : bytes();
};
