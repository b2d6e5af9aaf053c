/** What is used of Mattermost's bulk export, a line each; nothing in it is sure to be there. */
export interface MattermostLine {
  type?: string;
  version?: number;
  team?: { name?: string; display_name?: string };
  channel?: MattermostChannel;
  user?: MattermostUser;
  bot?: { username?: string; display_name?: string; delete_at?: number };
  post?: MattermostPost & { team?: string; channel?: string };
  direct_channel?: MattermostDirect;
  direct_post?: MattermostPost & { channel_members?: string[] };
}

export interface MattermostChannel {
  team?: string;
  name?: string;
  display_name?: string;
  /** `O` for open, `P` for private. */
  type?: string;
  header?: string;
  purpose?: string;
  delete_at?: number;
}

export interface MattermostUser {
  username?: string;
  email?: string;
  nickname?: string;
  first_name?: string;
  last_name?: string;
  roles?: string;
  delete_at?: number;
  teams?: { name?: string; channels?: { name?: string }[] | null }[] | null;
}

/** Newer versions say `participants` where older ones say `members`. */
export interface MattermostDirect {
  members?: string[] | null;
  participants?: { username?: string }[] | null;
  header?: string;
}

export interface MattermostPost {
  user?: string;
  type?: string;
  message?: string;
  /** As an object, or as JSON. */
  props?: unknown;
  create_at?: number;
  edit_at?: number;
  delete_at?: number;
  is_pinned?: boolean;
  reactions?: { user?: string; emoji_name?: string; create_at?: number }[] | null;
  replies?: MattermostPost[] | null;
  attachments?: { path?: string }[] | null;
}
