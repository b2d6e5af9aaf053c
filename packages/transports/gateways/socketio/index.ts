export { createSocketIoGateway, type SocketIoOptions } from './gateway.ts';
