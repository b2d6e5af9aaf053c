export { listReceipts } from './list-receipts.ts';
export { markDelivered } from './mark-delivered.ts';
export { setReceiptsOfRoom } from './set-room-receipts.ts';
export { tellRead } from './tell-receipt.ts';
