export { FileOutbox } from './file-outbox.ts';
