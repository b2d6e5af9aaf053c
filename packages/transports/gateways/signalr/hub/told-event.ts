import { roomLog } from '@confab/protocol';
import { encodeCursor, postedMessage, type SharedEvent } from '../../../session/index.ts';
import type { EncodedValue, HubEncoding } from './encoding.ts';

/** What is made of an event once for all clients of an encoding; one key object for each. */
interface Keys {
  readonly call: object;
  readonly item: object;
}

const keys = new Map<HubEncoding, Keys>();

/**
 * An event as the client's method is called with it: `message` with the posted message, any other under its protocol
 * name with the whole frame. What has a place in a log has its `cursor`, to be handed to `Join`.
 */
export function callOf(encoding: HubEncoding, event: SharedEvent): Buffer {
  return event.once(keysOf(encoding).call, () => {
    const posted = postedMessage(event.frame);
    if (posted === undefined) return encoding.call(event.frame.event, itemOf(encoding, event));
    const { room, epoch, seq } = posted;
    const cursor = encodeCursor(new Map([[roomLog(room), { epoch, seq }]]));
    return encoding.call('message', encoding.value({ ...posted, cursor }));
  });
}

/** An event as an item of a stream: the frame, with its `cursor`. */
export function itemOf(encoding: HubEncoding, event: SharedEvent): EncodedValue {
  return event.once(keysOf(encoding).item, () => {
    const { frame, text } = event;
    if (!('seq' in frame)) return encoding.valueOfJson(text);
    const cursor = encodeCursor(new Map([[frame.log, { epoch: frame.epoch, seq: frame.seq }]]));
    return encoding.valueOfJson(`${text.slice(0, -1)},"cursor":"${cursor}"}`);
  });
}

function keysOf(encoding: HubEncoding): Keys {
  let known = keys.get(encoding);
  if (known === undefined) {
    known = { call: {}, item: {} };
    keys.set(encoding, known);
  }
  return known;
}
