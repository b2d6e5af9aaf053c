/** The bytes of one client, over whatever they come. */
export interface MqttStream {
  /** The client's address, for limits. */
  readonly address: string;
  /** Bytes written that have not left for the network. */
  pendingBytes(): number;
  write(bytes: Buffer): void;
  /** Reads no further until `resume`. */
  pause(): void;
  resume(): void;
  /** Asks for a sign of life below MQTT, if there is such a thing; it comes as `heard`. */
  probe?(): void;
  /** Ends it when everything written has left. */
  end(): void;
  /** Ends it now. */
  destroy(): void;
}

/** What a stream tells. */
export interface StreamListener {
  data(bytes: Buffer): void;
  /** Pending bytes fell. */
  drained(): void;
  /** A sign of life below MQTT. */
  heard(): void;
  /** It is gone; nothing follows. */
  closed(): void;
}
