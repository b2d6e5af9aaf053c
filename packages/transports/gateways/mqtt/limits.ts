/** Bounds of the gateway; whoever opens it may set others. */
export interface MqttLimits {
  /** Bytes of one packet, its header included; told in CONNACK as Maximum Packet Size (MQTT 5). */
  readonly packetBytes: number;
  /** The same for CONNECT, when nobody knows yet who is asking. */
  readonly connectBytes: number;
  /** From connecting to CONNECT. */
  readonly connectMs: number;
  /** For a client to read the last words; then it is cut off. */
  readonly closeMs: number;
  /** Connections that have not said CONNECT yet, over TCP and WebSocket together. */
  readonly unannounced: number;
  /** Characters of a client id. */
  readonly clientIdChars: number;
  /** Bytes of a topic name or filter, and its levels. */
  readonly topicBytes: number;
  readonly topicLevels: number;
  /** Filters that one session subscribes to. */
  readonly subscriptions: number;
  /** Packets a second that one connection may send, and how many at once. */
  readonly packetsPerSecond: number;
  readonly packetsBurst: number;
  /** Unacknowledged PUBLISH packets of QoS 1 and 2 from a client: Receive Maximum (MQTT 5). */
  readonly receiveMaximum: number;
  /** Packets read from a client and not worked off; then its socket is not read any more. */
  readonly unworkedPackets: number;
  /** Unsent bytes above which a client's packets are not read any more. */
  readonly unsentBytes: number;
  /** Packet ids of a client's QoS 2 messages that wait for its PUBREL. */
  readonly unreleased: number;
  /** Unacknowledged PUBLISH packets of QoS 1 and 2 to a client, if it does not ask for fewer. */
  readonly sendWindow: number;
  /** The longest keep-alive, in seconds; told as Server Keep Alive (MQTT 5). */
  readonly keepAliveS: number;
  /** How long a session is kept after its client left, in seconds; told as Session Expiry Interval (MQTT 5). */
  readonly sessionExpiryS: number;
  /** The longest will delay in seconds, and wills that wait at the same time; one more is published at once. */
  readonly willDelayS: number;
  readonly waitingWills: number;
  /** Rooms for which one SUBSCRIBE gives the last message or event, and how many are read at the same time. */
  readonly retainedRooms: number;
  readonly retainedReads: number;
  /** Between two savings of where a session stands. */
  readonly saveMs: number;
  /** Sends of a persistent session, not surely acknowledged, that are known again when they come again. */
  readonly knownSends: number;
  /** Own messages that are kept in mind for subscriptions with No Local. */
  readonly ownMessages: number;
}

export const defaultMqttLimits: MqttLimits = {
  packetBytes: 256 * 1024,
  connectBytes: 64 * 1024,
  connectMs: 10_000,
  closeMs: 5_000,
  unannounced: 1_000,
  clientIdChars: 256,
  topicBytes: 1_024,
  topicLevels: 16,
  subscriptions: 100,
  packetsPerSecond: 500,
  packetsBurst: 5_000,
  receiveMaximum: 32,
  unworkedPackets: 64,
  unsentBytes: 64 * 1024,
  unreleased: 1_000,
  sendWindow: 64,
  keepAliveS: 1_200,
  sessionExpiryS: 30 * 86_400,
  willDelayS: 3_600,
  waitingWills: 10_000,
  retainedRooms: 200,
  retainedReads: 8,
  saveMs: 1_000,
  knownSends: 200,
  ownMessages: 256,
};
