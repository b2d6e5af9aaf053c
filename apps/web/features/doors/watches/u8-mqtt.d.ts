/** What the page uses of the client, which comes without types. */
declare module 'u8-mqtt' {
  interface PublishedPacket {
    readonly payload: Uint8Array;
    json(): unknown;
  }

  interface SubscribeAnswer {
    /** One reason code for each topic, refusals from 0x80 on. */
    readonly answers: readonly number[];
  }

  interface MqttClient {
    with_websock(socket: WebSocket): MqttClient;
    on_topic(filter: string, hear: (packet: PublishedPacket) => void): MqttClient;
    /** Resolves at CONNACK; rejects when nobody is let in. Without a client id the server chooses one. */
    connect(packet: { readonly client_id: '' }): Promise<unknown>;
    /** No answer when it did not come in time. */
    subscribe(
      topics: readonly string[],
      options: { readonly retain_handling: 0 | 1 | 2 },
    ): Promise<readonly [SubscribeAnswer?]>;
  }

  /** Functions among the options take the place of the client's own. */
  export function mqtt_v5(options: { log_conn(): void; on_error(): void; on_disconnect(): void }): MqttClient;
}
