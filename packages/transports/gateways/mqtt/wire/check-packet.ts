import { FieldReader } from './field-reader.ts';
import { PacketFault } from './packet-fault.ts';
import { checkProperties } from './properties.ts';

export type Version = 4 | 5;

interface Row {
  /** The lower half of the first byte; `undefined`: it is the packet's own. */
  readonly flags?: number;
  check(fields: FieldReader, version: Version, flags: number): void;
}

const connectType = 1;

/** Acknowledgements' reason codes (MQTT 5.0, sections 3.4.2.1 to 3.7.2.1). */
const receiveCodes = new Set([0, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99]);
const releaseCodes = new Set([0, 0x92]);
/** Those that a client may send (section 3.14.2.1). */
const disconnectCodes = new Set([0, 4, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99]);

/** Every packet that a client may send, by its type (MQTT 5.0, section 2.1.2). */
const packets: Readonly<Record<number, Row>> = {
  [connectType]: { flags: 0, check: checkConnect },
  3: { check: checkPublish },
  4: { flags: 0, check: acknowledgement(receiveCodes) },
  5: { flags: 0, check: acknowledgement(receiveCodes) },
  6: { flags: 2, check: acknowledgement(releaseCodes) },
  7: { flags: 0, check: acknowledgement(releaseCodes) },
  8: { flags: 2, check: checkSubscribe },
  10: { flags: 2, check: checkUnsubscribe },
  12: { flags: 0, check: () => {} },
  14: { flags: 0, check: checkDisconnect },
  15: { flags: 0, check: checkAuth },
};

/**
 * Checks one whole packet by every rule that needs nothing but the packet. The codec is lenient where the
 * specification is not, so only what passes here is given to it.
 * @throws PacketFault
 */
export function checkPacket(packet: Buffer, bodyAt: number, version: Version): void {
  const type = (packet[0] ?? 0) >> 4;
  const flags = (packet[0] ?? 0) & 0xf;
  const row = packets[type];
  if (!row) throw new PacketFault(type === 0 ? 'malformed' : 'protocol-error', 'no client sends such a packet');
  if (row.flags !== undefined && row.flags !== flags) throw new PacketFault('malformed', 'a reserved flag is set');
  const fields = new FieldReader(packet, bodyAt);
  row.check(fields, version, flags);
  fields.finish();
}

/** Whether a packet that begins so is a CONNECT. */
export function isConnect(firstByte: number): boolean {
  return firstByte >> 4 === connectType;
}

/**
 * The version of a CONNECT; whatever follows it has another form in another version.
 * @throws PacketFault
 */
export function announcedVersion(packet: Buffer, bodyAt: number): Version {
  const fields = new FieldReader(packet, bodyAt);
  const name = fields.text();
  const level = fields.byte();
  if (name === 'MQTT' && (level === 4 || level === 5)) return level;
  throw new PacketFault('unsupported-version', 'MQTT 3.1.1 and 5 are spoken here');
}

function checkConnect(fields: FieldReader, version: Version): void {
  fields.text();
  fields.byte();
  const flags = fields.byte();
  const has = (bit: number) => (flags & bit) !== 0;
  const [user, password, willRetain, will] = [has(0x80), has(0x40), has(0x20), has(0x04)];
  const willQos = (flags >> 3) & 3;
  if (has(0x01)) throw new PacketFault('malformed', 'a reserved flag of CONNECT is set');
  if (willQos === 3) throw new PacketFault('malformed', 'a will has QoS 3');
  if (!will && (willQos > 0 || willRetain)) throw new PacketFault('malformed', 'no will has flags of a will');
  if (password && !user && version === 4) throw new PacketFault('malformed', 'a password without a user name');
  fields.uint16();
  if (version === 5) checkProperties(fields, 'connect');
  fields.text();
  if (will) {
    if (version === 5) checkProperties(fields, 'will');
    checkTopicName(fields.text());
    fields.binary();
  }
  if (user) fields.text();
  if (password) fields.binary();
}

function checkTopicName(topic: string): void {
  if (topic === '') throw new PacketFault('topic-invalid', 'a topic name is empty');
  if (/[+#]/.test(topic)) throw new PacketFault('topic-invalid', 'a topic name has a wildcard');
}

function checkPublish(fields: FieldReader, version: Version, flags: number): void {
  const qos = (flags >> 1) & 3;
  if (qos === 3) throw new PacketFault('malformed', 'a message has QoS 3');
  if (qos === 0 && (flags & 8) !== 0) throw new PacketFault('malformed', 'a message of QoS 0 is a repetition');
  const topic = fields.text();
  if (qos > 0) checkPacketId(fields);
  const properties = version === 5 ? checkProperties(fields, 'publish') : new Map<number, unknown>();
  // We allow no aliases (Topic Alias Maximum 0), so an empty topic name never stands for one.
  if (properties.has(35)) throw new PacketFault('topic-alias-invalid', 'this server takes no topic aliases');
  if (topic === '' && version === 5) throw new PacketFault('protocol-error', 'a topic name is empty');
  checkTopicName(topic);
  fields.rest();
}

function checkPacketId(fields: FieldReader): void {
  if (fields.uint16() === 0) throw new PacketFault('protocol-error', 'a packet id is 0');
}

function acknowledgement(codes: ReadonlySet<number>): Row['check'] {
  return (fields, version) => {
    checkPacketId(fields);
    if (version === 4 || fields.left === 0) return;
    if (!codes.has(fields.byte())) throw new PacketFault('protocol-error', 'no such reason code');
    if (fields.left > 0) checkProperties(fields, 'acknowledgement');
  };
}

function checkSubscribe(fields: FieldReader, version: Version): void {
  checkPacketId(fields);
  if (version === 5) checkProperties(fields, 'subscribe');
  if (fields.left === 0) throw new PacketFault('protocol-error', 'a SUBSCRIBE has no filter');
  while (fields.left > 0) {
    const filter = fields.text();
    const options = fields.byte();
    const reserved = version === 5 ? 0xc0 : 0xfc;
    if ((options & reserved) !== 0) throw new PacketFault('malformed', 'a reserved subscription option is set');
    if ((options & 3) === 3) throw new PacketFault('malformed', 'a subscription has QoS 3');
    if (version === 4) continue;
    if (((options >> 4) & 3) === 3) throw new PacketFault('protocol-error', 'there is no retain handling 3');
    if ((options & 4) !== 0 && filter.startsWith('$share/')) {
      throw new PacketFault('protocol-error', 'a shared subscription has No Local');
    }
  }
}

function checkUnsubscribe(fields: FieldReader, version: Version): void {
  checkPacketId(fields);
  if (version === 5) checkProperties(fields, 'unsubscribe');
  if (fields.left === 0) throw new PacketFault('protocol-error', 'an UNSUBSCRIBE has no filter');
  while (fields.left > 0) fields.text();
}

function checkDisconnect(fields: FieldReader, version: Version): void {
  if (version === 4 || fields.left === 0) return;
  if (!disconnectCodes.has(fields.byte())) throw new PacketFault('protocol-error', 'no such reason code');
  if (fields.left > 0) checkProperties(fields, 'disconnect');
}

/** MQTT 3.1.1 has no AUTH, and in 5 there is none without a method, of which this server has none. */
function checkAuth(): void {
  throw new PacketFault('protocol-error', 'AUTH has no place here');
}
