import { isDeeperThan } from './depth.ts';
import type { HubEncoding, MessageBounds } from './encoding.ts';
import { messageOf, type RawFields } from './fields.ts';
import { type HubMessage, messageTypes, NotInForm } from './message.ts';
import { recordSeparator, splitRecords } from './records.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const separator = Buffer.from([recordSeparator]);
const itemEnd = Buffer.from(`}${String.fromCharCode(recordSeparator)}`);
const callEnd = Buffer.from(`]}${String.fromCharCode(recordSeparator)}`);

/** Each message is one JSON object with a record separator after it; the names are those of `HubMessage`. */
export const jsonEncoding: HubEncoding = {
  name: 'json',
  binary: false,
  decode: (bytes, bounds) =>
    splitRecords(bytes, bounds.messageBytes).flatMap((record) => decodeRecord(record, bounds) ?? []),
  encode: (message) => Buffer.concat([Buffer.from(JSON.stringify(message)), separator]),
  value: (value) => Buffer.from(JSON.stringify(value ?? null)),
  valueOfJson: (json) => Buffer.from(json),
  call: (target, argument) => {
    const start = `{"type":${messageTypes.invocation},"target":${JSON.stringify(target)},"arguments":[`;
    return Buffer.concat([Buffer.from(start), argument, callEnd]);
  },
  streamItem: (invocationId, item) => {
    const start = `{"type":${messageTypes.streamItem},"invocationId":${JSON.stringify(invocationId)},"item":`;
    return Buffer.concat([Buffer.from(start), item, itemEnd]);
  },
};

function decodeRecord(record: Uint8Array, bounds: MessageBounds): HubMessage | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(utf8.decode(record));
  } catch {
    throw new NotInForm('The message is not JSON.');
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new NotInForm('The message is not an object.');
  }
  if (isDeeperThan(fields, bounds.depth)) throw new NotInForm('The message is nested too deeply.');
  if (!('type' in fields)) throw new NotInForm("Missing required property 'type'.");
  return messageOf(fields as RawFields, bounds);
}
