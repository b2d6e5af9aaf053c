export { listMentions } from './list-mentions.ts';
