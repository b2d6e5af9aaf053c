import type { UserId } from '@confab/protocol';
import { readConfig, type ServerExtras, startServer } from '@confab/server';

type Chat = Parameters<NonNullable<ServerExtras['onChat']>>[0];

/**
 * The server without the web app, for measuring and for tests: nothing is built first, and the parent may ask for its
 * memory, and have an account disabled as an operator would. With `CONFAB_TEST_ROOMY` the rate limits are out of the
 * way, so that a run can be faster than people are.
 */
const often = { perSecond: 1_000_000, burst: 1_000_000 };
const roomy = {
  engineLimits: { framesPerSecond: 1_000_000, framesBurst: 1_000_000, inFlight: 1_000 },
  chatLimits: {
    rates: { read: often, write: often, post: often, search: often, visit: often, 'sign-in': often, 'sign-up': often },
  },
};

let setDisabled: Chat['setAccountDisabled'] | undefined;
const onChat = (chat: Chat): void => {
  setDisabled = (user, disabled) => chat.setAccountDisabled(user, disabled);
};
const server = await startServer(readConfig(process.env), {
  ...(process.env.CONFAB_TEST_ROOMY ? roomy : {}),
  onChat,
});

process.on('message', (asked: 'memory' | { disable: UserId }) => {
  if (asked !== 'memory') {
    void setDisabled?.(asked.disable, true).then(() => process.send?.('disabled'));
    return;
  }
  // Twice: what the first finds free with finalizers, the second frees.
  globalThis.gc?.();
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
// The parent is gone: nobody would end this process any more.
process.on('disconnect', () => process.exit());
