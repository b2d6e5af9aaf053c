import { isUtf8 } from 'node:buffer';
import type { IPublishPacket } from 'mqtt-packet';
import { publishTargetOf } from './topics/topic-shapes.ts';

/** What a client's PUBLISH asks for. Rooms and people as it named them. */
export type PublishRequest =
  | { readonly kind: 'post'; readonly room: string; readonly text: string; readonly clientId: string | null }
  | { readonly kind: 'typing'; readonly room: string; readonly typing: boolean }
  | { readonly kind: 'presence'; readonly person: string; readonly state: 'online' | 'away' }
  | { readonly kind: 'command'; readonly command: string; readonly params: unknown }
  /** Taken, with no effect. */
  | { readonly kind: 'nothing' };

/** Why it cannot be translated. */
export type Untranslatable = 'no-such-topic' | 'not-utf8' | 'not-json' | 'not-a-value';

type Asked = Pick<IPublishPacket, 'topic' | 'payload' | 'retain' | 'properties'>;
type Translation = PublishRequest | { readonly kind: 'wrong'; readonly why: Untranslatable };

const wrong = (why: Untranslatable) => ({ kind: 'wrong', why }) as const;
const jsonType = /^application\/json\b/i;
const textType = /^text\//i;

/** PUBLISH → what it asks for. */
export function publishRequest(packet: Asked): Translation {
  const target = publishTargetOf(packet.topic);
  if (!target) return wrong('no-such-topic');
  const payload = Buffer.from(packet.payload as Buffer);
  // "Forget what is retained": nothing is, apart from the log itself.
  if (packet.retain && payload.length === 0 && target.kind !== 'command') return { kind: 'nothing' };
  if (!isUtf8(payload)) return wrong('not-utf8');
  const text = payload.toString();
  if (target.kind === 'messages') return postRequest(target.name, text, packet);
  if (target.kind === 'command') {
    const params = parsed(text.trim() === '' ? '{}' : text);
    return params === undefined ? wrong('not-json') : { kind: 'command', command: target.name, params };
  }
  const word = text.trim();
  if (target.kind === 'typing' && (word === 'true' || word === 'false')) {
    return { kind: 'typing', room: target.name, typing: word === 'true' };
  }
  if (target.kind === 'presence' && (word === 'online' || word === 'away')) {
    return { kind: 'presence', person: target.name, state: word };
  }
  return wrong('not-a-value');
}

/** The payload is the text itself, or `{text, clientId?}`. The user property `client-id` counts in both. */
function postRequest(room: string, payload: string, { properties }: Asked): Translation {
  const property = properties?.userProperties?.['client-id'];
  const own = typeof property === 'string' ? property : null;
  const contentType = properties?.contentType ?? '';
  const isJson = jsonType.test(contentType);
  if (!isJson && (textType.test(contentType) || !payload.startsWith('{'))) {
    return { kind: 'post', room, text: payload, clientId: own };
  }
  const content = parsed(payload);
  if (isContent(content)) return { kind: 'post', room, text: content.text, clientId: content.clientId ?? own };
  // Any other object is somebody's own text, unless it was called a message.
  return isJson ? wrong('not-json') : { kind: 'post', room, text: payload, clientId: own };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isContent(value: unknown): value is { text: string; clientId?: string } {
  if (typeof value !== 'object' || value === null) return false;
  const { text, clientId, ...rest } = value as Record<string, unknown>;
  const sound = typeof text === 'string' && (clientId === undefined || typeof clientId === 'string');
  return sound && Object.keys(rest).length === 0;
}
