import type { FieldReader } from './field-reader.ts';
import { PacketFault } from './packet-fault.ts';

/** Packets of a client that may carry properties; `will` are those of a CONNECT's will. */
export type PropertyHolder =
  | 'connect'
  | 'will'
  | 'publish'
  | 'acknowledgement'
  | 'subscribe'
  | 'unsubscribe'
  | 'disconnect'
  | 'auth';

interface PropertyRow {
  readonly on: readonly PropertyHolder[];
  /** Reads the value; throws when it is not allowed. */
  read(fields: FieldReader): unknown;
  readonly often?: true;
}

const everywhere: readonly PropertyHolder[] = [
  'connect',
  'will',
  'publish',
  'acknowledgement',
  'subscribe',
  'unsubscribe',
  'disconnect',
  'auth',
];
const messages: readonly PropertyHolder[] = ['publish', 'will'];

const flag = (fields: FieldReader): number => {
  const value = fields.byte();
  if (value > 1) throw new PacketFault('protocol-error', 'a property that is 0 or 1 is neither');
  return value;
};
const text = (fields: FieldReader) => fields.text();
const binary = (fields: FieldReader) => fields.binary();
const uint16 = (fields: FieldReader) => fields.uint16();
const uint32 = (fields: FieldReader) => fields.uint32();
const atLeastOne =
  (read: (fields: FieldReader) => number) =>
  (fields: FieldReader): number => {
    const value = read(fields);
    if (value === 0) throw new PacketFault('protocol-error', 'a property that may not be 0 is');
    return value;
  };
const topicName = (fields: FieldReader): string => {
  const topic = fields.text();
  if (topic === '' || /[+#]/.test(topic)) throw new PacketFault('protocol-error', 'a response topic is no topic name');
  return topic;
};

/** The properties that a client may send (MQTT 5.0, section 2.2.2.2), and on what. */
const properties: Readonly<Record<number, PropertyRow>> = {
  1: { on: messages, read: flag },
  2: { on: messages, read: uint32 },
  3: { on: messages, read: text },
  8: { on: messages, read: topicName },
  9: { on: messages, read: binary },
  11: { on: ['subscribe'], read: atLeastOne((fields) => fields.variable()) },
  17: { on: ['connect', 'disconnect'], read: uint32 },
  21: { on: ['connect', 'auth'], read: text },
  22: { on: ['connect', 'auth'], read: binary },
  23: { on: ['connect'], read: flag },
  24: { on: ['will'], read: uint32 },
  25: { on: ['connect'], read: flag },
  31: { on: ['acknowledgement', 'disconnect', 'auth'], read: text },
  33: { on: ['connect'], read: atLeastOne(uint16) },
  34: { on: ['connect'], read: uint16 },
  35: { on: ['publish'], read: uint16 },
  38: { on: everywhere, read: (fields) => [fields.text(), fields.text()], often: true },
  39: { on: ['connect'], read: atLeastOne(uint32) },
};

/** Checks a packet's properties and answers with those that it has, by number. */
export function checkProperties(fields: FieldReader, holder: PropertyHolder): ReadonlyMap<number, unknown> {
  const part = fields.part(fields.variable());
  const found = new Map<number, unknown>();
  while (part.left > 0) {
    const id = part.variable();
    const row = properties[id];
    if (!row) throw new PacketFault('malformed', `there is no property ${id} for a client`);
    if (!row.on.includes(holder)) throw new PacketFault('protocol-error', `property ${id} does not belong here`);
    if (found.has(id) && !row.often) throw new PacketFault('protocol-error', `property ${id} is there twice`);
    found.set(id, row.read(part));
  }
  if (found.has(22) && !found.has(21)) {
    throw new PacketFault('protocol-error', 'authentication data without a method');
  }
  return found;
}
