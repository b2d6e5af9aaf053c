import { generate, type IConnectPacket, type Packet, type Parser, parser, writeToStream } from 'mqtt-packet';
import { checkPacket, isConnect, type Version } from './check-packet.ts';
import { PacketFault } from './packet-fault.ts';
import type { FramedPacket } from './packet-framer.ts';

// Otherwise the first packet makes 65,536 buffers, one for each number, and they are kept.
writeToStream.cacheNumbers = false;

/** One codec for all connections: what it is given are whole packets, so nothing stays in it between two. */
export class Codec {
  private readonly parsers = { 4: packetParser(4), 5: packetParser(5) };

  /** @throws PacketFault */
  decodeConnect({ bytes, bodyAt }: FramedPacket, version: Version): IConnectPacket {
    checkPacket(bytes, bodyAt, version);
    // A parser of its own: it keeps the packet, and with it the password.
    return parse(packetParser(version), bytes) as IConnectPacket;
  }

  /** @throws PacketFault */
  decode({ bytes, bodyAt }: FramedPacket, version: Version): Packet {
    if (isConnect(bytes[0] ?? 0)) throw new PacketFault('protocol-error', 'a second CONNECT');
    checkPacket(bytes, bodyAt, version);
    return parse(this.parsers[version], bytes);
  }
}

export function encodePacket(packet: Packet, version: Version): Buffer {
  return generate(packet, { protocolVersion: version });
}

interface PacketParser {
  readonly parser: Parser;
  packet: Packet | undefined;
}

function packetParser(protocolVersion: Version): PacketParser {
  const made: PacketParser = { parser: parser({ protocolVersion }), packet: undefined };
  made.parser.on('packet', (packet) => {
    made.packet = packet;
  });
  // Its message is of no use to a client: what arrives here has passed our own check.
  made.parser.on('error', () => {});
  return made;
}

function parse(made: PacketParser, bytes: Buffer): Packet {
  made.packet = undefined;
  made.parser.parse(bytes);
  const { packet } = made;
  made.packet = undefined;
  if (packet === undefined) throw new PacketFault('malformed', 'a packet cannot be read');
  return packet;
}
