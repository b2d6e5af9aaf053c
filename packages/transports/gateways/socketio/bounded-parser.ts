import { Decoder, Encoder } from 'socket.io-parser';
import type { SocketIoLimits } from './limits.ts';

/**
 * Socket.IO's own parser, with a bound on what it keeps of a packet whose binary pieces have not all come: the stock
 * one takes ten of any size that a frame may have.
 */
export function boundedParser({ attachments, attachmentBytes }: SocketIoLimits) {
  class BoundedDecoder extends Decoder {
    private heldBytes = 0;

    constructor() {
      super({ maxAttachments: attachments });
    }

    override add(piece: unknown): void {
      if (typeof piece === 'string') this.heldBytes = 0;
      else this.heldBytes += ArrayBuffer.isView(piece) ? piece.byteLength : attachmentBytes;
      // Thrown errors end the connection, as those of the stock parser do.
      if (this.heldBytes > attachmentBytes) throw new Error('attachments too large');
      super.add(piece);
    }
  }
  return { Encoder, Decoder: BoundedDecoder };
}
