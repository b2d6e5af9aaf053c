/** A message as a client of any door saw it. */
export interface SeenMessage {
  /** Its place in the room's log. */
  readonly seq: number;
  readonly id: string;
  readonly clientId: string;
  /** The author's user id. */
  readonly author: string;
  readonly text: string;
}

/** Where a client goes, and as whom. */
export interface DoorTarget {
  /** The server's address, `http://host:port` or `https://host:port`. */
  readonly url: string;
  /** A session's token, in whatever field the door's protocol has for it. */
  readonly token: string;
  readonly room: string;
  /** Where the server takes MQTT over TCP; over TLS when its address is `https`. */
  readonly mqttPort: number;
  /** Told what the client's protocol did, for whoever looks for the cause of a difference. */
  readonly note?: (what: string) => void;
}

/**
 * A stock client of one door or gateway, in one room, as the journey suite, the torture runs and the benchmarks use
 * it. It is written as the client's own documentation shows; what its protocol has no word for is said in `DoorKind`.
 */
export interface DoorClient {
  /** What it saw, in the order of arrival, over all of its connections. Doubles are kept: the suite counts them. */
  readonly seen: readonly SeenMessage[];
  /** Sends a message. Resolves when it is acknowledged; rejects with the error's code when it was refused or lost. */
  post(text: string, clientId: string): Promise<void>;
  /** Cuts the network connection as a pulled plug would; resolves when it is gone. The client's state is kept. */
  cut(): Promise<void>;
  /** Comes back after `cut`, or after the server went, as the protocol has it; resolves when it listens again. */
  comeBack(): Promise<void>;
  /** Leaves for good. */
  close(): Promise<void>;
}

export interface DoorKind {
  /** As in docs/doors.md, e.g. `Socket.IO`. */
  readonly name: string;
  /** What an absence costs: `none`: every event is told after coming back, by the protocol's own means. */
  readonly afterAbsence: 'none' | 'what was posted meanwhile';
  /** Whether a send that was repeated with its client id is known as the same one. */
  readonly repeatsSafely: boolean;
  /** Signs in, joins what has to be joined; resolves when it listens to the room. Rejects with the error's code. */
  connect(target: DoorTarget): Promise<DoorClient>;
}
