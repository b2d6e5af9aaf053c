import type { Migration, Sql } from '@confab/storage';

/** What PostgreSQL does by itself. */
const inSqlite = (sqlite: string): Sql => ({ sqlite, postgres: 'SELECT 1' });

/**
 * The history of the schema, one row a step; a released step never changes. Times are Unix milliseconds. The tables
 * of a domain word carry its name.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'foundations',
    sql: [
      // The log ([L1]). `head` and `count` are taken and raised in the transaction that stores the event.
      'CREATE TABLE logs (id TEXT PRIMARY KEY, epoch BIGINT NOT NULL, head BIGINT NOT NULL, count BIGINT NOT NULL)',
      `CREATE TABLE events (
        log TEXT NOT NULL, seq BIGINT NOT NULL, count BIGINT NOT NULL, at BIGINT NOT NULL, author TEXT,
        name TEXT NOT NULL, data TEXT NOT NULL, notice INTEGER NOT NULL, subject TEXT,
        PRIMARY KEY (log, seq))`,
      'CREATE INDEX events_notices ON events (log, seq) WHERE notice = 1',
      'CREATE INDEX events_subjects ON events (log, subject, seq) WHERE subject IS NOT NULL',

      `CREATE TABLE users (
        id TEXT PRIMARY KEY, handle TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password_hash TEXT NOT NULL,
        created_at BIGINT NOT NULL, disabled_at BIGINT, last_seen_at BIGINT)`,
      `CREATE TABLE sessions (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), token_hash TEXT NOT NULL UNIQUE,
        agent TEXT NOT NULL, created_at BIGINT NOT NULL, last_used_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
        revoked_at BIGINT)`,
      'CREATE INDEX sessions_of_user ON sessions (user_id) WHERE revoked_at IS NULL',

      'CREATE TABLE spaces (id TEXT PRIMARY KEY, name TEXT NOT NULL, created_by TEXT NOT NULL, created_at BIGINT NOT NULL)',
      `CREATE TABLE space_members (
        space_id TEXT NOT NULL REFERENCES spaces (id), user_id TEXT NOT NULL REFERENCES users (id),
        role TEXT NOT NULL, joined_at BIGINT NOT NULL, PRIMARY KEY (space_id, user_id))`,
      'CREATE INDEX space_members_of_user ON space_members (user_id)',
      `CREATE TABLE invites (
        id TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES spaces (id), token_hash TEXT NOT NULL UNIQUE,
        hint TEXT NOT NULL, role TEXT NOT NULL, created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL, max_uses BIGINT, uses BIGINT NOT NULL, revoked_at BIGINT)`,
      'CREATE INDEX invites_of_space ON invites (space_id)',

      `CREATE TABLE rooms (
        id TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES spaces (id), kind TEXT NOT NULL,
        visibility TEXT NOT NULL, name TEXT NOT NULL, folded_name TEXT NOT NULL, topic TEXT NOT NULL,
        created_by TEXT NOT NULL, created_at BIGINT NOT NULL, archived_at BIGINT)`,
      'CREATE UNIQUE INDEX rooms_names ON rooms (space_id, folded_name)',
      `CREATE TABLE room_members (
        room_id TEXT NOT NULL REFERENCES rooms (id), user_id TEXT NOT NULL REFERENCES users (id),
        joined_at BIGINT NOT NULL, read_seq BIGINT NOT NULL, read_count BIGINT NOT NULL,
        PRIMARY KEY (room_id, user_id))`,
      'CREATE INDEX room_members_of_user ON room_members (user_id)',

      // `digest` is of the text as first sent: a repeated client id with other content is told apart after edits too.
      `CREATE TABLE messages (
        id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES rooms (id), seq BIGINT NOT NULL,
        author TEXT NOT NULL REFERENCES users (id), client_id TEXT NOT NULL, digest TEXT NOT NULL,
        text TEXT NOT NULL, posted_at BIGINT NOT NULL, edited_at BIGINT, deleted_at BIGINT)`,
      'CREATE UNIQUE INDEX messages_sends ON messages (room_id, author, client_id)',
      'CREATE UNIQUE INDEX messages_timeline ON messages (room_id, seq)',
    ],
  },
  {
    version: 2,
    name: 'cursors',
    sql: [
      `CREATE TABLE cursors (
        user_id TEXT NOT NULL REFERENCES users (id), name TEXT NOT NULL, state TEXT NOT NULL, saved_at BIGINT NOT NULL,
        PRIMARY KEY (user_id, name))`,
    ],
  },
  {
    version: 3,
    name: 'webhooks',
    sql: [
      "ALTER TABLE users ADD COLUMN kind TEXT NOT NULL DEFAULT 'person'",
      "ALTER TABLE sessions ADD COLUMN scope TEXT NOT NULL DEFAULT 'all'",
      `CREATE TABLE webhooks (
        id TEXT PRIMARY KEY, room_id TEXT NOT NULL REFERENCES rooms (id), bot TEXT NOT NULL REFERENCES users (id),
        session_id TEXT NOT NULL, name TEXT NOT NULL, hint TEXT NOT NULL, created_by TEXT NOT NULL,
        created_at BIGINT NOT NULL, revoked_at BIGINT)`,
      'CREATE INDEX webhooks_of_room ON webhooks (room_id) WHERE revoked_at IS NULL',
    ],
  },
  {
    version: 4,
    name: 'peers',
    sql: [
      `CREATE TABLE peer_leases (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), secret_hash TEXT NOT NULL, holder TEXT,
        expires_at BIGINT NOT NULL)`,
      'CREATE INDEX peer_leases_of_user ON peer_leases (user_id)',
    ],
  },
  {
    version: 5,
    name: 'nodes',
    sql: [
      // Who runs on this database now, and where other nodes reach them; secrets that they share.
      'CREATE TABLE nodes (name TEXT PRIMARY KEY, url TEXT NOT NULL, started_at BIGINT NOT NULL, seen_at BIGINT NOT NULL)',
      'CREATE TABLE instance_secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
      // Rights that were taken away a moment ago, for nodes that the bus did not tell.
      'CREATE TABLE revocations (id TEXT PRIMARY KEY, at BIGINT NOT NULL, data TEXT NOT NULL)',
      'CREATE INDEX revocations_by_time ON revocations (at)',
    ],
  },
  {
    version: 6,
    name: 'reactions',
    sql: [
      // `seq` is of the event that told it; `since` of the one that brought the emoji onto the message.
      `CREATE TABLE reactions (
        message_id TEXT NOT NULL REFERENCES messages (id), emoji TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES users (id),
        seq BIGINT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (message_id, emoji, user_id))`,
    ],
  },
  {
    version: 7,
    name: 'threads',
    sql: [
      // Empty in a plain message. `details`: what is rarely said besides, as JSON.
      'ALTER TABLE messages ADD COLUMN thread TEXT',
      'ALTER TABLE messages ADD COLUMN in_room INTEGER NOT NULL DEFAULT 1',
      'ALTER TABLE messages ADD COLUMN details TEXT',
      'DROP INDEX messages_timeline',
      'CREATE UNIQUE INDEX messages_timeline ON messages (room_id, seq) WHERE in_room = 1',
      'CREATE UNIQUE INDEX messages_of_thread ON messages (thread, seq) WHERE thread IS NOT NULL',
      `CREATE TABLE threads (
        root TEXT PRIMARY KEY REFERENCES messages (id), room_id TEXT NOT NULL REFERENCES rooms (id),
        replies BIGINT NOT NULL, last_seq BIGINT NOT NULL, last_at BIGINT NOT NULL, people TEXT NOT NULL)`,
    ],
  },
  {
    version: 8,
    name: 'directs',
    sql: [
      // A direct or group is of no space. Both databases drop a NOT NULL only with the column.
      'ALTER TABLE rooms ADD COLUMN space TEXT REFERENCES spaces (id)',
      'UPDATE rooms SET space = space_id',
      'DROP INDEX rooms_names',
      'ALTER TABLE rooms DROP COLUMN space_id',
      'ALTER TABLE rooms RENAME COLUMN space TO space_id',
      'CREATE UNIQUE INDEX rooms_names ON rooms (space_id, folded_name)',
      // The ids of its people in order, with a space between: there is one place for each set of people.
      'ALTER TABLE rooms ADD COLUMN people_key TEXT',
      'CREATE UNIQUE INDEX rooms_of_people ON rooms (people_key) WHERE people_key IS NOT NULL',
      // The count of posts when it was closed: it is out of the person's list until there is a further one.
      'ALTER TABLE room_members ADD COLUMN closed_count BIGINT',
      `CREATE TABLE blocks (
        user_id TEXT NOT NULL REFERENCES users (id), blocked TEXT NOT NULL REFERENCES users (id), at BIGINT NOT NULL,
        PRIMARY KEY (user_id, blocked))`,
      'CREATE INDEX blocks_of_blocked ON blocks (blocked)',
    ],
  },
  {
    version: 9,
    name: 'settings',
    sql: [
      `CREATE TABLE account_settings (
        user_id TEXT NOT NULL REFERENCES users (id), name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, name))`,
    ],
  },
  {
    version: 10,
    name: 'thread-follows',
    sql: [
      // What a message said before it was edited, the first text first.
      `CREATE TABLE message_versions (
        message_id TEXT NOT NULL REFERENCES messages (id), version BIGINT NOT NULL, text TEXT NOT NULL,
        at BIGINT NOT NULL, PRIMARY KEY (message_id, version))`,
      // `following = 0`: followed once and no longer, which only one's own hand or post changes.
      `CREATE TABLE thread_follows (
        root TEXT NOT NULL REFERENCES messages (id), user_id TEXT NOT NULL REFERENCES users (id),
        room_id TEXT NOT NULL REFERENCES rooms (id), following INTEGER NOT NULL, read_index BIGINT NOT NULL,
        PRIMARY KEY (root, user_id))`,
      'CREATE INDEX thread_follows_of_user ON thread_follows (user_id, room_id)',
    ],
  },
  {
    version: 11,
    name: 'memberships',
    sql: [
      'ALTER TABLE room_members ADD COLUMN rewinds BIGINT NOT NULL DEFAULT 0',
      "ALTER TABLE room_members ADD COLUMN notify TEXT NOT NULL DEFAULT 'default'",
      'ALTER TABLE room_members ADD COLUMN muted_until BIGINT',
      // Posts that do not count as unread any more.
      'CREATE INDEX messages_deleted ON messages (room_id, seq) WHERE deleted_at IS NOT NULL AND in_room = 1',
      // `notice` is 2 for what passive listeners are told in full and what is no line of the timeline.
      'CREATE INDEX events_told ON events (log, seq) WHERE notice > 0',
      // Whom messages mention, and those that call everyone in their room.
      `CREATE TABLE mentions (
        user_id TEXT NOT NULL REFERENCES users (id), message_id TEXT NOT NULL REFERENCES messages (id),
        room_id TEXT NOT NULL REFERENCES rooms (id), seq BIGINT NOT NULL, PRIMARY KEY (user_id, message_id))`,
      'CREATE INDEX mentions_unread ON mentions (user_id, room_id, seq)',
      'CREATE INDEX mentions_of_message ON mentions (message_id)',
      `CREATE TABLE room_mentions (
        room_id TEXT NOT NULL REFERENCES rooms (id), seq BIGINT NOT NULL,
        message_id TEXT NOT NULL REFERENCES messages (id), author TEXT NOT NULL, PRIMARY KEY (room_id, seq))`,
      'CREATE INDEX room_mentions_of_message ON room_mentions (message_id)',

      `CREATE TABLE people_groups (
        id TEXT PRIMARY KEY, space_id TEXT NOT NULL REFERENCES spaces (id), handle TEXT NOT NULL, name TEXT NOT NULL)`,
      'CREATE UNIQUE INDEX people_groups_handles ON people_groups (space_id, handle)',
      `CREATE TABLE people_group_members (
        group_id TEXT NOT NULL REFERENCES people_groups (id), user_id TEXT NOT NULL REFERENCES users (id),
        PRIMARY KEY (group_id, user_id))`,
      'CREATE INDEX people_group_members_of_user ON people_group_members (user_id)',
    ],
  },
  {
    version: 12,
    name: 'pins',
    sql: [
      // `seq` is of the event that told it.
      `CREATE TABLE pins (
        message_id TEXT PRIMARY KEY REFERENCES messages (id), room_id TEXT NOT NULL REFERENCES rooms (id),
        pinned_by TEXT NOT NULL REFERENCES users (id), pinned_at BIGINT NOT NULL, seq BIGINT NOT NULL)`,
      'CREATE INDEX pins_of_room ON pins (room_id, seq)',
    ],
  },
  {
    version: 13,
    name: 'status',
    sql: [
      // As JSON. `do_not_disturb` is the setting of that name, where others see it.
      'ALTER TABLE users ADD COLUMN status TEXT',
      'ALTER TABLE users ADD COLUMN do_not_disturb TEXT',
    ],
  },
  {
    version: 14,
    name: 'receipts',
    sql: [
      'ALTER TABLE room_members ADD COLUMN delivered_seq BIGINT NOT NULL DEFAULT 0',
      // The furthest that others are told the member has read, and when; the time is empty when a post of theirs says it.
      'ALTER TABLE room_members ADD COLUMN seen_seq BIGINT NOT NULL DEFAULT 0',
      'ALTER TABLE room_members ADD COLUMN read_at BIGINT',
      'UPDATE room_members SET seen_seq = read_seq',
      "ALTER TABLE rooms ADD COLUMN receipts TEXT NOT NULL DEFAULT 'on'",
    ],
  },
  {
    version: 15,
    name: 'jobs',
    sql: [
      // What is to be done later. `lane`: what it mostly writes to. `lease`: of whoever does it now, otherwise empty.
      `CREATE TABLE jobs (
        kind TEXT NOT NULL, subject TEXT NOT NULL, lane TEXT NOT NULL, due_at BIGINT NOT NULL, data TEXT NOT NULL,
        attempts BIGINT NOT NULL, lease TEXT NOT NULL, PRIMARY KEY (kind, subject))`,
      'CREATE INDEX jobs_due ON jobs (due_at)',
    ],
  },
  {
    version: 16,
    name: 'kept',
    sql: [
      // `failed`: the code of the error for which it was not posted when it was due.
      `CREATE TABLE scheduled_messages (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), room_id TEXT NOT NULL REFERENCES rooms (id),
        thread TEXT, client_id TEXT NOT NULL, text TEXT NOT NULL, due_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
        failed TEXT)`,
      'CREATE INDEX scheduled_messages_of_user ON scheduled_messages (user_id, due_at)',
      // `thread` is empty for the room itself; an empty text was sent or given up, and keeps older ones away.
      `CREATE TABLE drafts (
        user_id TEXT NOT NULL REFERENCES users (id), room_id TEXT NOT NULL REFERENCES rooms (id), thread TEXT NOT NULL,
        text TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (user_id, room_id, thread))`,
      `CREATE TABLE reminders (
        user_id TEXT NOT NULL REFERENCES users (id), message_id TEXT NOT NULL REFERENCES messages (id),
        room_id TEXT NOT NULL REFERENCES rooms (id), due_at BIGINT NOT NULL, told_at BIGINT,
        PRIMARY KEY (user_id, message_id))`,
      `CREATE TABLE bookmarks (
        user_id TEXT NOT NULL REFERENCES users (id), message_id TEXT NOT NULL REFERENCES messages (id),
        room_id TEXT NOT NULL REFERENCES rooms (id), at BIGINT NOT NULL, note TEXT NOT NULL,
        PRIMARY KEY (user_id, message_id))`,
      'CREATE INDEX bookmarks_by_time ON bookmarks (user_id, at, message_id)',
    ],
  },
  {
    version: 17,
    name: 'previews',
    sql: [
      // What pages that a message links to say of themselves, as JSON; `removed`: somebody took it away for good.
      `CREATE TABLE message_previews (
        message_id TEXT PRIMARY KEY REFERENCES messages (id), previews TEXT NOT NULL, removed INTEGER NOT NULL)`,
    ],
  },
  {
    version: 18,
    name: 'search',
    sql: [
      // The words that each message is found by, with a space around each; `place` is the time in its id, as a number.
      `CREATE TABLE search_words (
        place BIGINT NOT NULL, message_id TEXT NOT NULL REFERENCES messages (id), words TEXT NOT NULL,
        PRIMARY KEY (place, message_id))`,
      {
        sqlite: `CREATE VIRTUAL TABLE search_index USING fts5(words, content = 'search_words', content_rowid = 'place',
          detail = 'none', columnsize = 0, tokenize = "ascii tokenchars '.:'")`,
        postgres: `CREATE INDEX search_index ON search_words
          USING GIN (array_to_tsvector(string_to_array(btrim(words), ' ')))`,
      },
      // What is deleted leaves no word behind.
      inSqlite("INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)"),
      // Up to where SQLite's index goes: many new words at once cost it a third of each by itself. None: all is in it.
      'CREATE TABLE search_mark (id INTEGER PRIMARY KEY, place BIGINT NOT NULL)',
      inSqlite(`CREATE TRIGGER search_words_added AFTER INSERT ON search_words
        WHEN new.place <= COALESCE((SELECT place FROM search_mark), new.place) BEGIN
        INSERT INTO search_index (rowid, words) VALUES (new.place, new.words); END`),
      inSqlite(`CREATE TRIGGER search_words_gone AFTER DELETE ON search_words
        WHEN old.place <= COALESCE((SELECT place FROM search_mark), old.place) BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.place, old.words); END`),
      // What was said before there was an index.
      `INSERT INTO jobs (kind, subject, lane, due_at, data, attempts, lease)
       SELECT 'search-index', 'all', 'search', 0, '{}', 0, '' WHERE EXISTS (SELECT 1 FROM messages)`,
    ],
  },
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
];
