import type { EventFrame, LoggedEvent } from '@confab/protocol';
import type { IPublishPacket } from 'mqtt-packet';
import { type PostedMessage, postedMessage, type SharedEvent } from '../../session/index.ts';
import type { Copy } from './topics/subscriptions.ts';
import type { TopicKind } from './topics/topic-shapes.ts';
import type { Version } from './wire/check-packet.ts';
import { encodePacket } from './wire/codec.ts';

/** What is published of something: the same for every version, topic and QoS. */
export interface Publication {
  readonly payload: Buffer;
  readonly properties: NonNullable<IPublishPacket['properties']>;
}

export function jsonPublication(json: string, userProperties?: Record<string, string>): Publication {
  return {
    payload: Buffer.from(json),
    properties: {
      payloadFormatIndicator: true,
      contentType: 'application/json',
      ...(userProperties ? { userProperties } : {}),
    },
  };
}

const messagePublicationKey = {};
const framePublicationKey = {};
const typingPublicationKey = {};

interface Place {
  readonly seq: number;
  readonly epoch: number;
}

const placeOf = ({ seq, epoch }: Place, author: string | null): Record<string, string> => ({
  seq: String(seq),
  epoch: String(epoch),
  ...(author === null ? {} : { author }),
});

export function messagePublication(message: PostedMessage): Publication {
  return jsonPublication(JSON.stringify(message), placeOf(message, message.author));
}

/** Event → what is told on topics of a kind; `undefined`: nothing. Made once for everyone. */
export function publicationOf(kind: TopicKind, event: SharedEvent): Publication | undefined {
  const { frame } = event;
  if (kind === 'messages') {
    const message = postedMessage(frame);
    if (!message) return undefined;
    return event.once(messagePublicationKey, () => messagePublication(message));
  }
  if (kind === 'typing') {
    return frame.event === 'typing.changed'
      ? event.once(typingPublicationKey, () => jsonPublication(JSON.stringify(frame.data)))
      : undefined;
  }
  return isLogged(frame)
    ? event.once(framePublicationKey, () =>
        jsonPublication(event.text, { event: frame.event, ...placeOf(frame, frame.by) }),
      )
    : undefined;
}

export function isLogged(frame: EventFrame): frame is LoggedEvent {
  return 'seq' in frame;
}

/** A packet that differs from session to session in its packet id at most. */
interface Template {
  readonly bytes: Buffer;
  readonly packetIdAt: number;
}

/** One cache key for each form of packet that an event can have on its canonical topic. */
const templateKeys: ReadonlyMap<string, object> = new Map(
  (['messages', 'events', 'typing', 'space', 'inbox'] satisfies TopicKind[]).flatMap((kind) =>
    [4, 5].flatMap((version) => [0, 1, 2].map((qos) => [`${kind} ${version} ${qos}`, {}] as const)),
  ),
);

/** What goes out to one session. */
export interface OutgoingPublish {
  readonly copy: Copy;
  readonly publication: Publication;
  readonly retain: boolean;
  /** The event that it tells of: the packet is shared with all sessions that get the same. */
  readonly of?: { readonly event: SharedEvent; readonly kind: TopicKind };
  readonly correlationData?: Buffer;
}

/** The bytes of a PUBLISH. `packetId` is 0 with QoS 0. */
export function encodePublish(publish: OutgoingPublish, version: Version, packetId: number, dup: boolean): Buffer {
  const { copy, of } = publish;
  const key = of && templateKeys.get(`${of.kind} ${version} ${copy.qos}`);
  const shared = of && key && copy.canonical && copy.ids.length === 0 && !publish.retain && !dup;
  if (!shared) return template(publish, version, packetId, dup).bytes;
  const made = of.event.once(key, () => template(publish, version, 1, false));
  if (copy.qos === 0) return made.bytes;
  const bytes = Buffer.from(made.bytes);
  bytes.writeUInt16BE(packetId, made.packetIdAt);
  return bytes;
}

function template(
  { copy, publication, retain, correlationData }: OutgoingPublish,
  version: Version,
  packetId: number,
  dup: boolean,
): Template {
  const properties = {
    ...publication.properties,
    ...(copy.ids.length > 0 ? { subscriptionIdentifier: [...copy.ids] } : {}),
    ...(correlationData ? { correlationData } : {}),
  };
  const bytes = encodePacket(
    {
      cmd: 'publish',
      topic: copy.topic,
      payload: publication.payload,
      qos: copy.qos,
      retain,
      dup,
      ...(copy.qos > 0 ? { messageId: packetId } : {}),
      ...(version === 5 ? { properties } : {}),
    },
    version,
  );
  let lengthBytes = 1;
  while (((bytes[lengthBytes] ?? 0) & 0x80) !== 0) lengthBytes += 1;
  return { bytes, packetIdAt: 1 + lengthBytes + 2 + Buffer.byteLength(copy.topic) };
}
