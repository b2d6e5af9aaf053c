import { constants, deflateRawSync } from 'node:zlib';
import type { Framing } from '@confab/engine';
import { dataFrame, opcodes, rsv1, textFrame } from './frame.ts';
import { compression } from './limits.ts';

/** For connections without compression. */
export const plainFraming: Framing = { name: 'websocket', frame: textFrame };

/**
 * For connections that agreed on permessage-deflate without context takeover: each message stands for itself, so a
 * large event is compressed once for everyone. Small and very large ones go as they are, which RFC 7692 allows.
 */
export const deflateFraming: Framing = {
  name: 'websocket-deflate',
  frame(text) {
    if (text.length < compression.minChars || text.length > compression.maxChars) return textFrame(text);
    const deflated = deflateRawSync(text, { level: compression.level, finishFlush: constants.Z_SYNC_FLUSH });
    // The four bytes of the empty block that a sync flush ends with are left out (RFC 7692, section 7.2.1).
    const payload = deflated.subarray(0, -4);
    return dataFrame(opcodes.text | rsv1, payload);
  },
};

/**
 * For sockets that we cannot write frames to ourselves: the texts, with the line feed that may stand between frames
 * of one message ([F3]). `MessagePeer` hands them to `ws.send`.
 */
export const messageFraming: Framing = {
  name: 'websocket-message',
  frame: (text) => Buffer.from(`${text}\n`, 'utf8'),
};
