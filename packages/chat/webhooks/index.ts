export { createWebhook } from './create-webhook.ts';
export { listWebhooks } from './list-webhooks.ts';
export { revokeWebhook } from './revoke-webhook.ts';
