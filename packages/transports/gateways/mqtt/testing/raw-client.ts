import { connect, type Socket } from 'node:net';
import type { UserId } from '@confab/protocol';
import {
  generate,
  type IConnackPacket,
  type IConnectPacket,
  type IPublishPacket,
  type ISubscribePacket,
  type Packet,
  parser,
} from 'mqtt-packet';
import { until } from '../../../testing/until.ts';

export type Version = 4 | 5;
export interface RawOptions extends Partial<Omit<IConnectPacket, 'cmd'>> {
  protocolVersion?: Version;
  /** Whose session, where no password is given. */
  user?: UserId;
}

/** An MQTT client that can break every rule: it sends what it is told to, and acknowledges nothing by itself. */
export class RawClient {
  readonly socket: Socket;
  readonly version: Version;
  readonly packets: Packet[] = [];
  isOpen = false;
  ended = false;
  private readonly parser;

  constructor(port: number, version: Version = 5) {
    this.version = version;
    this.parser = parser({ protocolVersion: version });
    this.parser.on('packet', (packet) => this.packets.push(packet));
    this.socket = connect(port, '127.0.0.1', () => {
      this.isOpen = true;
    });
    this.socket.setNoDelay(true);
    this.socket.on('data', (bytes) => this.parser.parse(bytes as Buffer));
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.ended = true;
    });
  }

  sendBytes(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  send(packet: Packet): void {
    this.sendBytes(generate(packet, { protocolVersion: this.version }));
  }

  connect({ user: _user, ...options }: RawOptions = {}): void {
    this.send({
      cmd: 'connect',
      clientId: 'client',
      clean: true,
      keepalive: 60,
      ...options,
      protocolId: 'MQTT',
      protocolVersion: this.version,
    });
  }

  publish(topic: string, payload: string, options: Partial<IPublishPacket> = {}): void {
    const { qos = 1, messageId = 1, ...rest } = options;
    this.send({ cmd: 'publish', topic, payload, qos, messageId, dup: false, retain: false, ...rest });
  }

  /** Subscribes and answers with the codes. */
  async subscribe(filters: ISubscribePacket['subscriptions'] | string, messageId = 7): Promise<number[]> {
    const subscriptions = typeof filters === 'string' ? [{ topic: filters, qos: 1 as const }] : filters;
    this.send({ cmd: 'subscribe', messageId, subscriptions });
    const suback = await this.hears('suback', (packet) => packet.messageId === messageId);
    return suback.granted as number[];
  }

  get connack(): IConnackPacket | undefined {
    return this.of('connack')[0];
  }

  of<Cmd extends Packet['cmd']>(cmd: Cmd): Extract<Packet, { cmd: Cmd }>[] {
    return this.packets.filter((packet): packet is Extract<Packet, { cmd: Cmd }> => packet.cmd === cmd);
  }

  /** Waits for a packet; rejects when the connection ends before. */
  async hears<Cmd extends Packet['cmd']>(
    cmd: Cmd,
    is: (packet: Extract<Packet, { cmd: Cmd }>) => boolean = () => true,
  ): Promise<Extract<Packet, { cmd: Cmd }>> {
    await until(() => this.of(cmd).some(is) || this.ended);
    const found = this.of(cmd).find(is);
    if (!found) throw new Error(`ended without ${cmd}: ${JSON.stringify(this.packets)}`);
    return found;
  }

  /** Texts of the messages that were published to it. */
  get texts(): string[] {
    return this.of('publish').flatMap(({ payload, topic }) =>
      topic.endsWith('/messages') && !topic.startsWith('answers/') ? [JSON.parse(String(payload)).text] : [],
    );
  }

  async sees(text: string): Promise<IPublishPacket> {
    return this.hears(
      'publish',
      ({ topic, payload }) => topic.endsWith('/messages') && String(payload).includes(`"text":"${text}"`),
    );
  }

  /** Everything sent so far was worked off: a PINGREQ was answered behind it. */
  async settles(): Promise<void> {
    const before = this.of('pingresp').length;
    this.send({ cmd: 'pingreq' });
    await until(() => this.of('pingresp').length > before || this.ended);
  }

  async cut(): Promise<void> {
    this.socket.destroy();
    await until(() => this.ended);
  }
}
