import type { Draft } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import { saysTheSame } from '@confab/protocol/same-draft.ts';
import { checkedContext } from '../messages/index.ts';
import { operation } from '../operation.ts';
import { draftAt, forgetOldDrafts, mayQuote, putDraft } from './draft-store.ts';

export const saveDraft = operation({
  name: 'draft.save',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'cursor',
  *run({ actor, reached, tx }, { thread: named, text, quote, at }) {
    const room = reached.id;
    const { thread } = yield* checkedContext(room, named ? { thread: named } : {});
    // Deleted meanwhile: what was typed is kept all the same.
    const said = { text, ...(quote && (yield* mayQuote(room, quote)) ? { quote } : {}) };
    const before = yield* draftAt(actor.user, room, thread);
    // A device whose clock is ahead must not keep the others from writing.
    const when = Math.min(at, tx.now);
    if (before && (before.at > when || saysTheSame(before, said))) return { draft: before };
    const draft: Draft = { room, ...(thread ? { thread } : {}), ...said, at: when };
    yield* putDraft(actor.user, draft);
    if (!before) yield* forgetOldDrafts(actor.user);
    const topic = inboxLog(actor.user);
    const frame = { event: 'draft.changed', log: topic, at: tx.now, data: draft };
    tx.addEphemeral({ topic, key: `draft:${room}:${thread ?? ''}`, json: JSON.stringify(frame) });
    return { draft };
  },
});
