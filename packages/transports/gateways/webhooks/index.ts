export { createWebhooksGateway } from './gateway.ts';
