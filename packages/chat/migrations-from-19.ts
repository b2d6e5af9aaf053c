import type { Migration } from '@confab/storage';

/** Versions 19 and later: moderation, notifications, exports and what came after. */
export const migrationsFrom19: readonly Migration[] = [
  {
    version: 19,
    name: 'thread-mentions',
    sql: [
      // Of a reply that shows in its thread alone: unread until the thread is read up to it, whatever of the room is.
      'ALTER TABLE mentions ADD COLUMN thread TEXT',
      'ALTER TABLE mentions ADD COLUMN thread_index BIGINT NOT NULL DEFAULT 0',
      'ALTER TABLE mentions ADD COLUMN thread_unread INTEGER NOT NULL DEFAULT 0',
      // Called with @here: no edit takes it back.
      'ALTER TABLE mentions ADD COLUMN called INTEGER NOT NULL DEFAULT 0',
      'CREATE INDEX mentions_in_threads ON mentions (user_id, room_id, seq) WHERE thread_unread = 1',
    ],
  },
  {
    version: 20,
    name: 'notifications',
    sql: [
      // Whether a post may ring for somebody whom it neither names nor answers: the others are looked for by no post.
      'ALTER TABLE rooms ADD COLUMN loud INTEGER NOT NULL DEFAULT 0',
      `UPDATE rooms SET loud = 1
       WHERE EXISTS (SELECT 1 FROM room_members rm WHERE rm.room_id = rooms.id AND rm.notify = 'all')`,
      "CREATE INDEX room_members_loud ON room_members (room_id, user_id) WHERE notify = 'all'",
      `CREATE INDEX account_settings_loud ON account_settings (user_id) WHERE name = 'notifyChannels' AND value = '"all"'`,
      // A browser that wants to be told, for as long as its session counts. `failure`: why the last one did not arrive.
      `CREATE TABLE push_subscriptions (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id),
        session_id TEXT NOT NULL REFERENCES sessions (id), endpoint TEXT NOT NULL UNIQUE, p256dh TEXT NOT NULL,
        auth TEXT NOT NULL, created_at BIGINT NOT NULL, sent_at BIGINT, failure TEXT)`,
      'CREATE INDEX push_subscriptions_of_user ON push_subscriptions (user_id)',
    ],
  },
  {
    version: 21,
    name: 'imports',
    sql: [
      // Who became whom, and which rooms came from elsewhere. `source`: what they were brought from.
      `CREATE TABLE import_people (
        source TEXT NOT NULL, item TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users (id),
        PRIMARY KEY (source, item))`,
      // Up to where a room's history was brought, and where its log stood when the bringing under way began.
      `CREATE TABLE import_rooms (
        room_id TEXT PRIMARY KEY REFERENCES rooms (id), source TEXT NOT NULL, item TEXT NOT NULL,
        mark_at BIGINT NOT NULL, mark_key TEXT NOT NULL, begun_at_seq BIGINT, finished INTEGER NOT NULL)`,
      // Whoever signs up with such an invitation takes over an account that is there.
      'ALTER TABLE invites ADD COLUMN for_user TEXT REFERENCES users (id)',
    ],
  },
  {
    version: 22,
    name: 'moderation',
    sql: [
      'ALTER TABLE rooms ADD COLUMN slow_mode_ms BIGINT NOT NULL DEFAULT 0',
      "ALTER TABLE rooms ADD COLUMN who_posts TEXT NOT NULL DEFAULT 'all'",
      // Of the last post in slow mode.
      'ALTER TABLE room_members ADD COLUMN posted_at BIGINT',
      // The rules as JSON; empty where there are none.
      'ALTER TABLE spaces ADD COLUMN word_filter TEXT',
      // How many entries the space's record ever had, and how many days it is kept.
      'ALTER TABLE spaces ADD COLUMN audit_count BIGINT NOT NULL DEFAULT 0',
      'ALTER TABLE spaces ADD COLUMN audit_days BIGINT NOT NULL DEFAULT 365',
      // `room_id` is empty for the whole space. What has no end, ends later than anything.
      `CREATE TABLE mutes (
        user_id TEXT NOT NULL REFERENCES users (id), space_id TEXT NOT NULL REFERENCES spaces (id),
        room_id TEXT NOT NULL, reason TEXT NOT NULL, until BIGINT NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (user_id, space_id, room_id))`,
      'CREATE INDEX mutes_of_space ON mutes (space_id)',
      `CREATE TABLE bans (
        space_id TEXT NOT NULL REFERENCES spaces (id), user_id TEXT NOT NULL REFERENCES users (id),
        reason TEXT NOT NULL, until BIGINT NOT NULL, banned_by TEXT NOT NULL REFERENCES users (id),
        at BIGINT NOT NULL, PRIMARY KEY (space_id, user_id))`,
      // `text`: as it was when it was reported first; empty once it was decided.
      `CREATE TABLE report_cases (
        message_id TEXT PRIMARY KEY REFERENCES messages (id), space_id TEXT NOT NULL REFERENCES spaces (id),
        author TEXT NOT NULL REFERENCES users (id), text TEXT NOT NULL, opened_at BIGINT NOT NULL, taken_by TEXT,
        decided_by TEXT, decided_at BIGINT, decision TEXT, reason TEXT NOT NULL)`,
      'CREATE INDEX report_cases_open ON report_cases (space_id, message_id) WHERE decided_at IS NULL',
      'CREATE INDEX report_cases_decided ON report_cases (space_id, message_id) WHERE decided_at IS NOT NULL',
      // `reporter` is empty for the word filter.
      `CREATE TABLE reports (
        message_id TEXT NOT NULL REFERENCES messages (id), reporter TEXT NOT NULL, reason TEXT NOT NULL,
        note TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (message_id, reporter))`,
      'CREATE INDEX reports_of_person ON reports (reporter)',
      // What moderators told somebody who has not seen it yet, as JSON. `seq`: of the event in their inbox.
      `CREATE TABLE moderation_notes (
        user_id TEXT NOT NULL REFERENCES users (id), seq BIGINT NOT NULL, at BIGINT NOT NULL, data TEXT NOT NULL,
        PRIMARY KEY (user_id, seq))`,
      `CREATE TABLE audit (
        space_id TEXT NOT NULL REFERENCES spaces (id), n BIGINT NOT NULL, at BIGINT NOT NULL, by_user TEXT NOT NULL,
        action TEXT NOT NULL, user_id TEXT, room_id TEXT, message_id TEXT, reason TEXT, until BIGINT, detail TEXT,
        PRIMARY KEY (space_id, n))`,
      'CREATE INDEX audit_by_time ON audit (space_id, at)',
    ],
  },
  {
    version: 23,
    name: 'draft-quotes',
    // Empty where a draft quotes nothing.
    sql: ["ALTER TABLE drafts ADD COLUMN quote TEXT NOT NULL DEFAULT ''"],
  },
  {
    version: 24,
    name: 'polls',
    sql: [
      // `terms`: what can be voted for and how, as JSON. `turns` counts the votes: who voted first is named first.
      `CREATE TABLE polls (
        message_id TEXT PRIMARY KEY REFERENCES messages (id), terms TEXT NOT NULL, turns BIGINT NOT NULL,
        closed_at BIGINT)`,
      `CREATE TABLE poll_votes (
        message_id TEXT NOT NULL REFERENCES polls (message_id), user_id TEXT NOT NULL REFERENCES users (id),
        choice BIGINT NOT NULL, turn BIGINT NOT NULL, PRIMARY KEY (message_id, user_id, choice))`,
    ],
  },
  {
    version: 25,
    name: 'sections',
    sql: [
      // Parts of somebody's own list of rooms. `place`: the how-manieth it is.
      `CREATE TABLE sections (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), space_id TEXT NOT NULL REFERENCES spaces (id),
        name TEXT NOT NULL, collapsed INTEGER NOT NULL, place BIGINT NOT NULL)`,
      'CREATE INDEX sections_of_user ON sections (user_id, place)',
      // Where a room stands in it. `section_id` is empty where it stands with the others of its kind.
      `CREATE TABLE room_places (
        user_id TEXT NOT NULL REFERENCES users (id), room_id TEXT NOT NULL REFERENCES rooms (id),
        section_id TEXT NOT NULL, favourite INTEGER NOT NULL, PRIMARY KEY (user_id, room_id))`,
    ],
  },
  {
    version: 26,
    name: 'descriptions',
    sql: [
      "ALTER TABLE rooms ADD COLUMN description TEXT NOT NULL DEFAULT ''",
      // What those who join are shown, and who is still shown it.
      "ALTER TABLE spaces ADD COLUMN welcome TEXT NOT NULL DEFAULT ''",
      'ALTER TABLE space_members ADD COLUMN greet INTEGER NOT NULL DEFAULT 0',
    ],
  },
  {
    version: 27,
    name: 'exports',
    sql: [
      // What somebody takes along, made a piece at a time. `step` and `after`: where it goes on; no step: all is there.
      `CREATE TABLE exports (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), what TEXT NOT NULL,
        room_id TEXT REFERENCES rooms (id), title TEXT NOT NULL, state TEXT NOT NULL, step TEXT, after TEXT NOT NULL,
        parts BIGINT NOT NULL, started_at BIGINT NOT NULL, ends_at BIGINT)`,
      'CREATE INDEX exports_of_user ON exports (user_id)',
      `CREATE TABLE export_parts (
        export_id TEXT NOT NULL REFERENCES exports (id), part BIGINT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL,
        PRIMARY KEY (export_id, part))`,
    ],
  },
  {
    version: 28,
    name: 'custom-emoji',
    sql: [
      // `picture` is the hash of `file`, which is base64; `aliases` is JSON.
      `CREATE TABLE custom_emoji (
        id TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES spaces (id), name TEXT NOT NULL, aliases TEXT NOT NULL,
        picture TEXT NOT NULL, type TEXT NOT NULL, file TEXT NOT NULL, created_by TEXT NOT NULL REFERENCES users (id),
        created_at BIGINT NOT NULL)`,
      'CREATE UNIQUE INDEX custom_emoji_names ON custom_emoji (space_id, name)',
      'CREATE INDEX custom_emoji_pictures ON custom_emoji (space_id, picture)',
    ],
  },
  {
    version: 29,
    name: 'mail',
    sql: [
      // Somebody's address, for their eyes alone. `token_hash`: of the link that confirms it.
      `CREATE TABLE emails (
        user_id TEXT PRIMARY KEY REFERENCES users (id), address TEXT NOT NULL, verified_at BIGINT, token_hash TEXT,
        token_until BIGINT, sent_at BIGINT, failure TEXT)`,
      'CREATE UNIQUE INDEX emails_by_link ON emails (token_hash) WHERE token_hash IS NOT NULL',
      // Mails that were asked for within the last hour.
      `CREATE TABLE mails_asked (user_id TEXT NOT NULL, address_hash TEXT NOT NULL, at BIGINT NOT NULL,
        mails BIGINT NOT NULL, PRIMARY KEY (user_id, address_hash, at))`,
      'CREATE INDEX mails_asked_by_time ON mails_asked (at)',
      // What rang for somebody and no mail told of yet.
      `CREATE TABLE mail_alerts (
        user_id TEXT NOT NULL, message_id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (user_id, message_id))`,
    ],
  },
  {
    version: 30,
    name: 'files',
    sql: [
      // `sent`: how many bytes its sender announced, `size`: how many are kept of them. `blob`: the hash of its content;
      // empty until all of it has arrived. `details`: what else is shown of it, as JSON. `poster_of`: the video that
      // this picture stands for; empty for others. `message_id`: none while it waits.
      `CREATE TABLE files (
        id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES rooms (id), user_id TEXT NOT NULL REFERENCES users (id),
        name TEXT NOT NULL, folded_name TEXT NOT NULL, sent BIGINT NOT NULL, size BIGINT NOT NULL, sha256 TEXT NOT NULL,
        kind TEXT NOT NULL, type TEXT NOT NULL, blob TEXT NOT NULL, details TEXT NOT NULL, poster_of TEXT NOT NULL,
        message_id TEXT, place BIGINT NOT NULL, begun_at BIGINT NOT NULL, posted_at BIGINT)`,
      'CREATE INDEX files_of_message ON files (message_id, place) WHERE message_id IS NOT NULL',
      'CREATE INDEX files_of_room ON files (room_id, message_id, place) WHERE message_id IS NOT NULL',
      'CREATE INDEX files_waiting ON files (user_id, begun_at) WHERE message_id IS NULL',
      'CREATE INDEX files_waiting_by_time ON files (begun_at) WHERE message_id IS NULL',
      "CREATE INDEX files_by_blob ON files (blob) WHERE blob <> ''",
      `CREATE TABLE file_previews (
        file_id TEXT NOT NULL REFERENCES files (id), width BIGINT NOT NULL, type TEXT NOT NULL, blob TEXT NOT NULL,
        size BIGINT NOT NULL, PRIMARY KEY (file_id, width, type))`,
      'CREATE INDEX file_previews_by_blob ON file_previews (blob)',
      // What is in an archive, as JSON.
      `CREATE TABLE file_entries (
        file_id TEXT PRIMARY KEY REFERENCES files (id), entries TEXT NOT NULL, more INTEGER NOT NULL)`,
      // Content that is kept, by its hash. `doomed`: nothing has it any more, and it is being deleted.
      'CREATE TABLE blobs (hash TEXT PRIMARY KEY, size BIGINT NOT NULL, doomed INTEGER NOT NULL)',
      // Content that is about to be put there for a file, and since when.
      `CREATE TABLE blob_claims (
        hash TEXT NOT NULL, holder TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (hash, holder))`,
      // How many bytes a person's, or a space's, files have together.
      'CREATE TABLE file_usage (holder TEXT PRIMARY KEY, bytes BIGINT NOT NULL)',
      `INSERT INTO jobs (kind, subject, lane, due_at, data, attempts, lease)
       VALUES ('file-sweep', 'all', 'files', 0, '{"slice":0}', 0, '')`,
    ],
  },
  {
    version: 31,
    name: 'pictures',
    sql: [
      // Of people, rooms and spaces. `file` is base64; `uses`: how many of them have it.
      `CREATE TABLE pictures (
        hash TEXT PRIMARY KEY, type TEXT NOT NULL, file TEXT NOT NULL, uses BIGINT NOT NULL)`,
      // Its hash; empty for none.
      "ALTER TABLE users ADD COLUMN picture TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE rooms ADD COLUMN picture TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE spaces ADD COLUMN picture TEXT NOT NULL DEFAULT ''",
    ],
  },
  {
    version: 32,
    name: 'scheduled files',
    sql: [
      // The message that waits to be posted with it; none for what waits in a composer, and once it was posted.
      'ALTER TABLE files ADD COLUMN scheduled_id TEXT',
      'CREATE INDEX files_of_scheduled ON files (scheduled_id, place) WHERE scheduled_id IS NOT NULL',
    ],
  },
];
