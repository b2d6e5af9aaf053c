export { setTyping } from './set-typing.ts';
