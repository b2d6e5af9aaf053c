import { emojiNamed } from '../emoji-names.ts';
import type { ExportPerson, Gathering, MessageRef } from '../export-model.ts';
import type { MattermostPost } from './mattermost-shapes.ts';

export interface Where {
  readonly room: string;
  readonly people: Map<string, ExportPerson>;
  readonly gathering: Gathering;
}

interface Attachment {
  pretext?: string;
  title?: string;
  title_link?: string;
  text?: string;
  fallback?: string;
  fields?: { title?: string; value?: unknown }[] | null;
}

/** Somebody of whom only the name is left. */
export function personGone(username: string): ExportPerson {
  const plain = { key: username, handle: username, name: username, email: '' };
  return { ...plain, kind: 'person', disabled: true, guest: false };
}

function attachmentsIn(props: unknown): Attachment[] {
  let found = props;
  if (typeof props === 'string') {
    try {
      found = JSON.parse(props);
    } catch {
      return [];
    }
  }
  const list = (found as { attachments?: unknown } | null)?.attachments;
  return Array.isArray(list) ? (list as Attachment[]) : [];
}

const lines = (parts: readonly (string | undefined)[]): string => parts.filter((part) => part?.trim()).join('\n');

function attachmentText({ pretext, title, title_link: link, text, fallback, fields }: Attachment): string {
  const heading = title && link ? `[${title}](${link})` : title;
  const told = lines([
    pretext,
    heading,
    text,
    ...(fields ?? []).map((field) => lines([field.title, `${field.value ?? ''}`])),
  ]);
  return told === '' ? (fallback ?? '') : told;
}

function textOf({ message = '', type, props, attachments }: MattermostPost): string {
  const said = type === 'me' ? message.replace(/^\*([\s\S]*)\*$/, '$1') : message;
  const files = (attachments ?? []).map(({ path = '' }) => `📎 ${path.split('/').at(-1) ?? ''}`.trimEnd());
  return lines([said, ...attachmentsIn(props).map(attachmentText), ...files]);
}

/** Posts have no names in an export: who wrote it and when tells them apart, and their order where that is the same. */
function refOf({ room, gathering }: Where, post: MattermostPost, text: string): MessageRef | undefined {
  const { create_at: at, user } = post;
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0 || !user) return undefined;
  for (let number = 1; ; number += 1) {
    const ref = { key: `${at}-${user}${number === 1 ? '' : `-${number}`}`, at, counter: 0 };
    if (!gathering.hasOther(room, ref, text)) return ref;
  }
}

function gatherReactions({ room, people, gathering }: Where, { reactions }: MattermostPost, of: MessageRef): void {
  let order = 0;
  for (const { user: by = '', emoji_name: name = '', create_at: at = 0 } of reactions ?? []) {
    const emoji = emojiNamed(name);
    order += 1;
    if (emoji === undefined) gathering.leftOut(room, 'unknown-emoji');
    else if (!people.has(by)) gathering.leftOut(room, 'unknown-person');
    else gathering.item(room, { what: 'reaction', at: Math.max(at, of.at), by, of, emoji, order });
  }
}

function gatherOne(where: Where, post: MattermostPost, thread: MessageRef | undefined): MessageRef | undefined {
  const { room, people, gathering } = where;
  if (post.type?.startsWith('system_')) {
    gathering.leftOut(room, 'system-line');
    return undefined;
  }
  if ((post.delete_at ?? 0) > 0) {
    gathering.leftOut(room, 'deleted-there');
    return undefined;
  }
  const text = textOf(post);
  const ref = refOf(where, post, text);
  if (ref === undefined || post.user === undefined) {
    gathering.leftOut(room, 'unreadable');
    return undefined;
  }
  const files = post.attachments?.length ?? 0;
  if (files > 0) gathering.leftOut(room, 'file', files);
  if (text.trim() === '') {
    gathering.leftOut(room, 'empty');
    return undefined;
  }
  const by = post.user;
  if (!people.has(by)) people.set(by, personGone(by));
  const style = post.type === 'me' ? ({ style: 'me' } as const) : {};
  gathering.item(room, { what: 'post', ...ref, by, text, ...(thread ? { thread } : {}), ...style });
  const editedAt = post.edit_at ?? 0;
  if (editedAt > ref.at) gathering.item(room, { what: 'edit', at: editedAt, by, of: ref, text });
  // Who pinned it and when is not told.
  if (post.is_pinned) gathering.item(room, { what: 'pin', at: ref.at, by, of: ref });
  gatherReactions(where, post, ref);
  return ref;
}

/** A post with its replies, which stand in it. */
export function gatherPost(where: Where, post: MattermostPost): void {
  const root = gatherOne(where, post, undefined);
  for (const reply of post.replies ?? []) gatherOne(where, reply, root);
}
