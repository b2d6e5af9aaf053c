import { randomUUID } from 'node:crypto';
import { connect, type IClientOptions, type MqttClient, Store } from 'mqtt';
import type { DoorClient, DoorKind, DoorTarget, SeenMessage } from './door-client.ts';

/** The stock client (npm `mqtt`) over TCP. Every other one speaks MQTT 3.1.1, the others 5. */
export const mqttTcpDoor: DoorKind = kind('MQTT over TCP', ({ url, mqttPort }) => {
  return `${url.startsWith('https:') ? 'mqtts' : 'mqtt'}://127.0.0.1:${mqttPort}`;
});

/** The same over WebSocket, as a browser would. */
export const mqttWebSocketDoor: DoorKind = kind(
  'MQTT over WebSocket',
  ({ url }) => `${url.replace('http', 'ws')}/mqtt`,
);

function kind(name: string, addressOf: (target: DoorTarget) => string): DoorKind {
  let connected = 0;
  return {
    name,
    afterAbsence: 'none',
    repeatsSafely: true,
    async connect(target) {
      connected += 1;
      const client = new StockMqttClient(target, addressOf(target), connected % 2 === 0 ? 4 : 5);
      await client.begin();
      return client;
    },
  };
}

/** CONNACK's reasons: return codes of 3.1.1 and reason codes of 5. */
const connectErrors: Readonly<Record<number, string>> = {
  4: 'unauthenticated',
  5: 'session-revoked',
  134: 'unauthenticated',
  135: 'session-revoked',
};

interface Answer {
  readonly clientId: string;
  readonly error?: { readonly code: string };
}

class StockMqttClient implements DoorClient {
  readonly seen: SeenMessage[] = [];
  private readonly client: MqttClient;
  /**
   * The client's half of the session: what it has to repeat, and what it has answered with PUBREC and still has to be
   * released. It keeps them when it comes back by itself; its `reconnect()` begins with empty ones unless it is given them.
   */
  private readonly stores = { incomingStore: new Store({ clean: false }), outgoingStore: new Store({ clean: false }) };
  private readonly room: string;
  private readonly version: 4 | 5;
  /** Codes of refused sends: MQTT 3.1.1 acknowledges those too, and the reason comes as an answer before. */
  private readonly refused = new Map<string, string>();
  /** QoS 1 and 2 promise "at least once" over a kill of the server: what comes again is known by its place. */
  private backSince = 0;

  constructor({ token, room, note }: DoorTarget, address: string, version: 4 | 5) {
    this.room = room;
    this.version = version;
    const options: IClientOptions = {
      clientId: randomUUID(),
      username: 'token',
      password: token,
      protocolVersion: version,
      clean: false,
      // It comes back when the suite says so, not by itself.
      manualConnect: true,
      reconnectPeriod: 0,
      ...this.stores,
      ...(version === 5 ? { properties: { sessionExpiryInterval: 3_600 } } : {}),
    };
    this.client = connect(address, options);
    this.client.on('message', (topic, payload, { retain }) => {
      if (topic.startsWith('answers/')) this.answered(JSON.parse(String(payload)) as Answer);
      else if (!retain) this.hear(JSON.parse(String(payload)) as SeenMessage);
    });
    if (note) this.noteTo(note);
    // Whoever waits for the connection hears of it; others need not.
    this.client.on('error', () => {});
  }

  async begin(): Promise<void> {
    await this.opened(() => this.client.connect());
    const qos = this.version === 5 ? 2 : 1;
    const filters = { [`rooms/${this.room}/messages`]: { qos }, 'answers/#': { qos: 0 } } as const;
    await this.client.subscribeAsync(filters).catch(() => {
      throw new Error('not-found');
    });
  }

  async post(text: string, clientId: string): Promise<void> {
    if (!this.client.connected) throw new Error('offline');
    const lost = Promise.withResolvers<never>();
    const onClose = (): void => lost.reject(new Error('offline'));
    this.client.once('close', onClose);
    const payload = JSON.stringify({ text, clientId });
    const published = this.client.publishAsync(`rooms/${this.room}/messages`, payload, { qos: 1 });
    // A send that was lost stays in the client's own store.
    published.catch(() => {});
    const refusal = (): Error | undefined => {
      const code = this.refused.get(clientId);
      this.refused.delete(clientId);
      return code === undefined ? undefined : new Error(code);
    };
    try {
      await Promise.race([published, lost.promise]);
    } catch (error) {
      throw refusal() ?? error;
    } finally {
      this.client.off('close', onClose);
    }
    const error = refusal();
    if (error) throw error;
  }

  async cut(): Promise<void> {
    // Also one that is not through yet: two at a time would be mixed up.
    const { stream } = this.client;
    if (stream.closed) return;
    await new Promise<void>((resolve) => {
      stream.once('close', () => resolve());
      stream.destroy();
    });
  }

  async comeBack(): Promise<void> {
    this.backSince = this.seen.at(-1)?.seq ?? 0;
    await this.opened(() => this.client.reconnect(this.stores));
  }

  async close(): Promise<void> {
    await this.client.endAsync(true);
  }

  private hear({ seq, id, clientId, author, text }: SeenMessage): void {
    if (seq > this.backSince) this.seen.push({ seq, id, clientId, author, text });
  }

  /** Tells of everything that may explain what was seen in which order. */
  private noteTo(note: (what: string) => void): void {
    this.client.on('connect', ({ sessionPresent }) =>
      note(`connected, session ${sessionPresent ? '' : 'not '}present`),
    );
    this.client.on('close', () => note('closed'));
    this.client.on('error', ({ message }) => note(`error: ${message}`));
    this.client.on('packetreceive', (packet) => {
      const { cmd, messageId } = packet;
      if (cmd === 'pubrel' || cmd === 'disconnect') note(`${cmd} ${messageId ?? packet.reasonCode}`);
      if (cmd !== 'publish' || packet.topic.startsWith('answers/')) return;
      const { seq, epoch } = JSON.parse(String(packet.payload)) as SeenMessage & { epoch: number };
      const flags = `${packet.dup ? ', DUP' : ''}${packet.retain ? ', retained' : ''}`;
      note(`publish ${messageId} of QoS ${packet.qos}: seq ${seq} of epoch ${epoch}${flags}`);
    });
    this.client.on('packetsend', ({ cmd, messageId }) => {
      if (cmd === 'pubrec' || cmd === 'pubcomp' || cmd === 'connect') note(`sends ${cmd} ${messageId ?? ''}`);
    });
  }

  private answered({ clientId, error }: Answer): void {
    if (error) this.refused.set(clientId, error.code);
  }

  private opened(open: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const over = (outcome: () => void): void => {
        this.client.off('connect', connected);
        this.client.off('error', failed);
        this.client.off('close', closed);
        outcome();
      };
      const connected = () => over(resolve);
      const failed = (error: Error & { code?: unknown }) =>
        over(() => reject(new Error(connectErrors[Number(error.code)] ?? error.message)));
      const closed = () => over(() => reject(new Error('offline')));
      this.client.on('connect', connected);
      this.client.on('error', failed);
      this.client.on('close', closed);
      open();
    });
  }
}
