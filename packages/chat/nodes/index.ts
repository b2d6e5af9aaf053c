export { forgetNode, type KnownNode, knownNodes, renewNode, sharedSecret } from './node-store.ts';
