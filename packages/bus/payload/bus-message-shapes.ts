import type { BusMessage } from '@confab/engine';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const truth: Check = (value) => typeof value === 'boolean';
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const optional = (check: Check): Check => either(oneOf(undefined), check);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

/** More properties than those named do not hurt: a newer node may tell more. */
function shape(properties: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(properties);
  return (value) => isRecord(value) && entries.every(([name, check]) => check(value[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const head = shape({ epoch: count, seq: count, count });
const person = shape({
  user: text,
  state: oneOf('online', 'away', 'offline'),
  lastSeenAt: either(oneOf(null), count),
});
const revocation = either(
  shape({ id: optional(text), kind: oneOf('session'), session: text }),
  shape({ id: optional(text), kind: oneOf('user'), user: text, sessions: listOf(text) }),
  shape({ id: optional(text), kind: oneOf('log'), user: text, log: text }),
);

/** What each kind of message has to look like to be handled here. */
const shapes: Readonly<Record<BusMessage['kind'], Check>> = {
  event: shape({
    event: shape({ log: text, epoch: count, seq: count, count, notice: truth, redacts: truth, json: text }),
  }),
  head: shape({ log: text, head }),
  ephemeral: shape({ ephemeral: shape({ topic: text, key: text, json: text, except: optional(listOf(text)) }) }),
  revocation: shape({ revocation }),
  presence: shape({
    node: text,
    told: count,
    people: listOf(person),
    whole: optional(shape({ part: count, of: count })),
  }),
  node: shape({ node: text, state: oneOf('up', 'beat', 'leaving'), told: count, asks: optional(text) }),
};

export function isBusMessage(value: unknown): value is BusMessage {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Object.hasOwn(shapes, value.kind)) return false;
  return shapes[value.kind as BusMessage['kind']](value);
}
