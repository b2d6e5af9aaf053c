export { addSubscription } from './add-subscription.ts';
export { doPush, type PushOutcome } from './do-push.ts';
export { listSubscriptions } from './list-subscriptions.ts';
export { removeSubscription } from './remove-subscription.ts';
export { type PushData, pushSubject, schedulePush } from './schedule-push.ts';
export { type PushTarget, subscriptionsOfAll, targetOf } from './subscription-store.ts';
export { testSubscription } from './test-subscription.ts';
