/** What can be heard or said on a topic. */
export type TopicKind = 'messages' | 'events' | 'typing' | 'presence' | 'space' | 'inbox' | 'answers' | 'command';

/** Stands for a level that names something: a room, a person, a space. */
const named = Symbol('named');
/** Stands for any levels that follow, none included. */
const rest = Symbol('rest');

interface TopicShape {
  readonly kind: TopicKind;
  readonly levels: readonly (string | typeof named | typeof rest)[];
  readonly subscribe: boolean;
  readonly publish: boolean;
}

/** Every topic that there is. */
const shapes: readonly TopicShape[] = [
  { kind: 'messages', levels: ['rooms', named, 'messages'], subscribe: true, publish: true },
  { kind: 'events', levels: ['rooms', named, 'events'], subscribe: true, publish: false },
  { kind: 'typing', levels: ['rooms', named, 'typing'], subscribe: true, publish: true },
  { kind: 'presence', levels: ['people', named, 'presence'], subscribe: true, publish: true },
  { kind: 'space', levels: ['spaces', named, 'events'], subscribe: true, publish: false },
  { kind: 'inbox', levels: ['inbox', 'events'], subscribe: true, publish: false },
  { kind: 'answers', levels: ['answers', rest], subscribe: true, publish: false },
  { kind: 'command', levels: ['commands', named, rest], subscribe: false, publish: true },
];

/** One kind of topic that a filter means. */
export interface Interest {
  readonly kind: TopicKind;
  /** The name as it stands in the filter; `null`: a wildcard stands there, or the kind has no names. */
  readonly name: string | null;
}

/** What a filter means, all of it; nothing when no topic of ours can match it. */
export function interestsOf(filter: string): Interest[] {
  const wanted = filter.split('/');
  return shapes.flatMap((shape) => {
    const name = shape.subscribe ? unified(shape, wanted) : undefined;
    return name === undefined ? [] : [{ kind: shape.kind, name }];
  });
}

/** The name that a filter binds in a shape, `null` when it binds none, `undefined` when it does not match. */
function unified({ levels }: TopicShape, wanted: readonly string[]): string | null | undefined {
  let name: string | null = null;
  for (const [index, level] of levels.entries()) {
    const given = wanted[index];
    if (given === '#' || level === rest) return name;
    if (given === undefined) return undefined;
    if (level === named) name = given === '+' ? null : given;
    else if (given !== '+' && given !== level) return undefined;
  }
  // `a/#` means `a` too (MQTT 5.0, section 4.7.1.2).
  return wanted.length === levels.length || wanted[levels.length] === '#' ? name : undefined;
}

/** What a topic name stands for, if something may be published there. */
export interface PublishTarget {
  readonly kind: TopicKind;
  /** The decoded name of the room, person or command. */
  readonly name: string;
}

export function publishTargetOf(topic: string): PublishTarget | undefined {
  const levels = topic.split('/');
  for (const shape of shapes) {
    const name = shape.publish ? unified(shape, levels) : undefined;
    if (name !== undefined && name !== null) return { kind: shape.kind, name: decodeLevel(name) };
  }
  return undefined;
}

/** A name may be percent-encoded: so may names with `/`, `+`, `#` or `%` in them be levels. */
export function decodeLevel(level: string): string {
  if (!level.includes('%')) return level;
  try {
    return decodeURIComponent(level);
  } catch {
    return level;
  }
}

/** The topic on which something is told; `name` is the level as the subscriber wrote it, or an id. */
export function topicOf(kind: TopicKind, name: string): string {
  const levels = shapes.find((shape) => shape.kind === kind)?.levels ?? [];
  return levels.map((level) => (typeof level === 'string' ? level : name)).join('/');
}
