import type { Message, ThreadState } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { peopleByIds } from '../accounts/index.ts';
import { messagesInAnyRoom, newestReplies } from '../messages/index.ts';
import { operation } from '../operation.ts';
import { followedThreads } from './follow-store.ts';

const defaultLimit = 20;

function* messagesOf(threads: readonly ThreadState[]): Step<{ roots: Message[]; latest: Message[] }> {
  const ids = threads.map(({ root }) => root);
  return { roots: yield* messagesInAnyRoom(ids), latest: yield* newestReplies(ids) };
}

export const listThreads = operation({
  name: 'thread.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, tx }, { after, unreadOnly = false, limit = defaultLimit }) {
    const found = yield* followedThreads(actor.user, { after, unreadOnly, limit: limit + 1 });
    const page = found.slice(0, limit);
    const { roots, latest } = yield* messagesOf(page);
    const shown = new Map((yield* tx.withParts(actor.user, roots)).map((message) => [message.id, message]));
    const last = new Map((yield* tx.withParts(actor.user, latest)).map((message) => [message.thread, message]));
    const threads = page.flatMap((state) => {
      const [message, newest] = [shown.get(state.root), last.get(state.root)];
      return message && newest ? [{ state, message, latest: newest }] : [];
    });
    const people = yield* peopleByIds([...new Set([...roots, ...latest].map(({ author }) => author))]);
    return { threads, people, more: found.length > limit };
  },
});

/** Followed threads with unread replies, for the first screen. */
export function* unreadThreads(user: ThreadUser): Step<ThreadState[]> {
  return yield* followedThreads(user, { unreadOnly: true, limit: limits.unreadThreads });
}

type ThreadUser = Parameters<typeof followedThreads>[0];
