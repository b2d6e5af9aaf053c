/** What is used of Slack's export; nothing in it is sure to be there. */
export interface SlackUser {
  id?: string;
  team_id?: string;
  name?: string;
  deleted?: boolean;
  real_name?: string;
  is_bot?: boolean;
  is_app_user?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  profile?: SlackProfile;
}

export interface SlackProfile {
  real_name?: string;
  display_name?: string;
  first_name?: string;
  name?: string;
  email?: string;
}

export interface SlackRoom {
  id?: string;
  name?: string;
  /** Seconds. */
  created?: number;
  creator?: string;
  is_archived?: boolean;
  members?: string[];
  topic?: { value?: string };
  purpose?: { value?: string };
  pins?: { type?: string; id?: string; created?: number; user?: string }[];
}

export interface SlackMessage {
  type?: string;
  subtype?: string;
  ts?: string;
  user?: string;
  bot_id?: string;
  username?: string;
  user_profile?: SlackProfile;
  bot_profile?: { id?: string; name?: string };
  text?: string;
  thread_ts?: string;
  edited?: { user?: string; ts?: string };
  reactions?: { name?: string; users?: string[]; count?: number }[];
  files?: SlackFile[];
  file?: SlackFile;
  attachments?: SlackAttachment[];
  blocks?: SlackBlock[];
  hidden?: boolean;
  comment?: { user?: string; comment?: string };
}

export interface SlackFile {
  id?: string;
  name?: string;
  title?: string;
  /** `tombstone`: it was deleted; `hidden_by_limit`: the plan hides it. */
  mode?: string;
}

export interface SlackAttachment {
  fallback?: string;
  pretext?: string;
  author_name?: string;
  title?: string;
  title_link?: string;
  text?: string;
  fields?: { title?: string; value?: string }[];
  footer?: string;
  from_url?: string;
  is_msg_unfurl?: boolean;
  service_name?: string;
}

export interface SlackBlock {
  type?: string;
  text?: string | { text?: string };
  elements?: SlackBlock[];
  fields?: { text?: string }[];
  url?: string;
  user_id?: string;
  channel_id?: string;
  usergroup_id?: string;
  name?: string;
  range?: string;
}
