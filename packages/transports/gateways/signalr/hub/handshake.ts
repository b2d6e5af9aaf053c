import type { HubEncoding } from './encoding.ts';
import { jsonEncoding } from './json-encoding.ts';
import { NotInForm } from './message.ts';
import { messagePackEncoding } from './messagepack-encoding.ts';
import { recordSeparator } from './records.ts';

/** Version 2 added acknowledgements; a client says 1 unless it was promised them. */
const newestVersion = 2;
const encodings: readonly HubEncoding[] = [jsonEncoding, messagePackEncoding];
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The first thing a client says, always as JSON, whatever is spoken after it. */
export type Handshake =
  | { readonly encoding: HubEncoding; readonly version: number; readonly rest: Uint8Array }
  /** In the words that clients know. */
  | { readonly refused: string };

/** Reads the handshake from the start of a transport message; `rest` is what stands behind it. @throws `NotInForm` */
export function readHandshake(bytes: Uint8Array, maxBytes: number): Handshake {
  const end = bytes.subarray(0, maxBytes).indexOf(recordSeparator);
  if (end < 0) throw new NotInForm('The handshake is incomplete.');
  let request: unknown;
  try {
    request = JSON.parse(utf8.decode(bytes.subarray(0, end)));
  } catch {
    throw new NotInForm('The handshake is not JSON.');
  }
  const { protocol, version } = (typeof request === 'object' && request !== null ? request : {}) as {
    protocol?: unknown;
    version?: unknown;
  };
  if (typeof protocol !== 'string') throw new NotInForm("Missing required property 'protocol'.");
  if (typeof version !== 'number') throw new NotInForm("Missing required property 'version'.");
  const encoding = encodings.find(({ name }) => name === protocol);
  if (encoding === undefined) return { refused: `The protocol '${protocol.slice(0, 50)}' is not supported.` };
  if (!Number.isInteger(version) || version < 1 || version > newestVersion) {
    return { refused: `The server does not support version ${version} of the '${encoding.name}' protocol.` };
  }
  return { encoding, version, rest: bytes.subarray(end + 1) };
}

/** What the client is answered: an empty object, or why not. */
export function handshakeResponse(error?: string): Buffer {
  return Buffer.from(`${JSON.stringify(error === undefined ? {} : { error })}${String.fromCharCode(recordSeparator)}`);
}
