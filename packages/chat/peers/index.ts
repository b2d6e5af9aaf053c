export { announcePeer } from './announce-peer.ts';
export { claimPeer } from './claim-peer.ts';
export { reachPeer } from './reach-peer.ts';
export { releasePeer } from './release-peer.ts';
export { renewPeer } from './renew-peer.ts';
export { signalPeer } from './signal-peer.ts';
