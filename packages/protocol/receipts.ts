import { limits } from './limits.ts';
import { Nothing, Nullable, RoomIdSchema, Seq, Shape, type Static, Timestamp, Type, UserIdSchema } from './schema.ts';

/** How far one member's devices have come in a room's log. */
export const Receipt = Shape({
  user: UserIdSchema,
  /** Everything up to here has come to one of their devices. Never less than `readSeq`. */
  deliveredSeq: Seq,
  /** They have read up to here. Moving one's own cursor back does not take this back. */
  readSeq: Seq,
  /** When they came there; absent when a post of their own says it. */
  readAt: Type.Optional(Timestamp),
  /** What was posted before was never for them. */
  joinedAt: Timestamp,
});
export type Receipt = Static<typeof Receipt>;

const room = RoomIdSchema;
const OnOff = Type.Union([Type.Literal('on'), Type.Literal('off')]);

export const receiptCommands = {
  'receipt.mark-delivered': {
    http: 'POST /receipts/delivered',
    params: Shape({
      rooms: Type.Array(Shape({ room, seq: Seq }), { minItems: 1, maxItems: limits.roomsPerDelivery }),
    }),
    result: Nothing,
    summary: 'Say how much of which rooms has come to this device. Rooms where receipts are not told are passed over.',
  },
  'receipt.list': {
    http: 'GET /rooms/:room/receipts',
    params: Shape({ room }),
    result: Shape({ receipts: Nullable(Type.Array(Receipt)) }),
    summary: `How far the other members of a room have come. \`null\` where it is not told: in rooms of more than ${limits.receiptMembers}, where it is turned off, and to those who turned theirs off.`,
  },
  'room.set-receipts': {
    http: 'PUT /rooms/:room/receipts',
    params: Shape({ room, receipts: OnOff }),
    result: Nothing,
    summary: 'Turn receipts off in a room for everybody, or on again.',
  },
} as const;

/** An event of the room's log. */
export const receiptRoomEvents = {
  'room.receipts-set': { data: Shape({ receipts: OnOff }) },
} as const;

/** Ephemeral, on the room's log. A post says as much of its author, without this. */
export const receiptEvents = {
  'receipt.moved': { data: Receipt },
} as const;
